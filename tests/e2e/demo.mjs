// What the demo prints for a person to try: sign-ins, a flight to declare for, codes.

import assert from 'node:assert/strict';

/**
 * Reads the demo's printed guide.
 * @returns {{staff: Record<string, {name: string, password: string}[]>, trip: {flight: string, date: string},
 *   kiosk: string, early: {code: string, proof: string}, clean: {pass: string, zone: string}}} `staff` by role.
 */
export function guide(printed) {
  const found = (pattern) => {
    const match = pattern.exec(printed);
    assert.ok(match, `the demo did not print ${pattern}:\n${printed}`);
    return match;
  };
  const staff = {};
  for (const [, name, password, role] of printed.matchAll(/^ +(\S+) +(demo-\S+) +(\w+) +\/\w+$/gm)) {
    (staff[role] ??= []).push({ name, password });
  }
  const [, flight, date] = found(/To declare yourself: flight (\w+), arriving (\S+)/);
  const [, code, proof] = found(/^ +(\w{11}) +(\w+) +made too early/m);
  const [, kiosk] = found(/a kiosk: station T3D-K01, token (\S+)/);
  // A passport's zone has two lines, a card's three.
  const [, pass, lines] = found(/^ +(PQ1:.+)\n((?: +[A-Z0-9<]{30,44}\n){2,3})/m);
  const zone = lines.trim().split(/\s+/).join('\n');
  return { staff, kiosk, trip: { flight, date }, early: { code, proof }, clean: { pass, zone } };
}
