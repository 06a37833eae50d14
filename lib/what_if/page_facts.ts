/** File name of the page in the folder of reports. */
export const WHAT_IF_FILE = "what-if.html";

/** Title of the page, also for a card that leads to it. */
export const WHAT_IF_TITLE = "What if? Restrict exports of rare earths yourself";

/** What the page does, also for a card that leads to it. */
export const WHAT_IF_SUMMARY =
  "Choose who restricts what, and how technology and supply respond. The model is solved in your browser, and " +
  "prices, exports and real income change as you move.";

/** Where the numbers of the page come from, as badges of the reports name it. */
export const WHAT_IF_DATA = ["real", "derived"] as const;
