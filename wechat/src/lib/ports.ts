// Ports of entry, and the one that a traveller came for.

import { PORTS } from '../generated/ports';
import { inLanguage, Text } from './form/item';

export interface Port {
  /** UN/LOCODE. */
  code: string;
  name: Text;
  help: Text;
  /** IANA name of the zone. */
  zone: string;
  /** Minutes from UTC, each with the instant (epoch milliseconds) from which it holds. */
  offsets: [number, number][];
}

export function portOf(code: string): Port | undefined {
  return PORTS.find((port) => port.code === code);
}

export function firstPort(): Port {
  // reason: the build refuses a list without a port.
  return PORTS[0] as Port;
}

/** Names to choose from. */
export function portNames(language: string): string[] {
  return PORTS.map((port) => inLanguage(port.name, language) || port.code);
}

export function portAt(index: number): Port {
  return PORTS[index] ?? firstPort();
}

export function indexOfPort(code: string): number {
  return Math.max(0, PORTS.findIndex((port) => port.code === code));
}

/** Minutes from UTC at the port. */
export function offsetAt(port: Port, ms: number): number {
  return port.offsets.reduce((minutes, [from, offset]) => (from <= ms ? offset : minutes), 0);
}

/** The day at the port. */
export function today(port: Port, ms: number): string {
  return new Date(ms + offsetAt(port, ms) * 60_000).toISOString().slice(0, 10);
}

/**
 * The port that a mini-program code names: WeChat hands over its `scene` (at most 32 characters, percent-encoded), in which a
 * port's poster has the UN/LOCODE, alone or as `p=CNPEK`. An address inside WeChat may say `port=CNPEK`.
 */
export function portOfLaunch(query: { [name: string]: string | undefined }): string | undefined {
  const scene = decode(query.scene ?? '');
  const named = /(?:^|&)(?:p|port)=([A-Za-z0-9]{5})(?:&|$)/.exec(scene)?.[1] ?? (/^[A-Za-z0-9]{5}$/.test(scene) ? scene : undefined);
  const code = (named ?? query.port ?? '').toUpperCase();
  return portOf(code)?.code;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
