/* Public pages on a phone: small, and a voice that reads the page aloud. */
import "./css/public.css";
import "./css/fonts";
import { startHold } from "./hold";
import { ISLANDS } from "./islands";
import { startListening } from "./listen";
import { mountIslands, offer } from "./mount";
import { startOpened } from "./opened";

startHold();
startListening();
startOpened();
offer(ISLANDS);
mountIslands();
