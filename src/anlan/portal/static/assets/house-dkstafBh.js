import"./islands-BWJfLNXL.js";import{s as r}from"./start-CF7RkGZW.js";import"./htmx-C0sLZ_xN.js";import"./times-DgKaXJNU.js";r();
