// What the phone does for us. The one door to `wx`: everything behind it is tested with another phone.

export interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers: { [name: string]: string };
  body?: string;
}

/** An answer that came, whatever its status. */
export interface Answered {
  status: number;
  /** Names in lower case. */
  headers: { [name: string]: string };
  text: string;
}

export interface Device {
  now(): number;
  /** Hexadecimal digits of 16 random bytes. */
  random(): Promise<string>;
  /** Fails where no answer came: then it is not known whether the request did. */
  ask(asked: Asked): Promise<Answered>;
  /** WeChat's one-time code for `wx.login`. */
  login(): Promise<string>;
  /** Kept encrypted on this phone (`wx.setStorage` with `encrypt`). */
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  wait(ms: number): Promise<void>;
}
