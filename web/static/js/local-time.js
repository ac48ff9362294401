// Moments in the reader's own zone; the page itself says them in UTC.

const here = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** Say every moment of a page, or of a part that was fetched later, as the reader's clock says it. */
export function sayLocalTimes(part) {
  for (const element of part.querySelectorAll("time[datetime]")) {
    const at = new Date(element.dateTime);
    if (!Number.isNaN(at.valueOf())) element.textContent = here.format(at);
  }
}
