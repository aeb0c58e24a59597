/* The command screen: dark, scaled. */
import "./css/screen.css";
import "./css/fonts";
import "./css/pages";
import { start } from "./start";

start();
