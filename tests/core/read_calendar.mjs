// Reads a calendar from standard input with ical.js and tells what it found, for test_calendars.py.
import { readFileSync } from "node:fs";

const { default: ICAL } = await import(process.argv[2]);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const stamp = (moment) =>
  moment.isDate ? moment.toString() : moment.toJSDate().toISOString().slice(0, 16);
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const text = (name) => component.getFirstPropertyValue(name) ?? "";
  const end = component.getFirstPropertyValue("dtend");
  return [
    event.uid, event.summary, text("location"), text("description"), text("status"),
    stamp(event.startDate), end ? stamp(end) : null,
  ];
});
console.log(JSON.stringify(events));
