/* Desk pages. */
import "./css/house.css";
import "./css/fonts";
import "./css/pages";
import { start } from "./start";

start();
