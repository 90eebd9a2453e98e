/** A platform as Fanfare's addresses and the sandbox call it. */
export type Platform = "x" | "facebook" | "instagram" | "linkedin" | "bluesky";

export interface PublishedPost {
  platform: Platform;
  account: string;
  id: string;
  text: string;
  media: { id: string; sha256: string; mime: string; bytes: number; alt: string | null }[];
  deleted: boolean;
  /** When the request arrived that made it, in milliseconds since 1970. */
  received_at: number;
  /** How often the platform was asked to make it. */
  attempts: number;
}

export interface Fault {
  platform: Platform;
  kind: "lost_answer" | "rate_limit" | "error" | "latency" | "token_expiry";
  endpoint: "commit" | "prepare" | "token" | "read";
  count?: number;
  status?: number;
  retry_after_s?: number;
  latency_ms?: number;
}

/** The simulated platforms; see crates/sandbox/README.md. */
export class Sandbox {
  constructor(readonly url: string) {}

  /** What points a server at it. */
  settings(): Record<string, string> {
    const bases: Record<Platform, Record<string, string>> = {
      x: { AUTHORIZE_BASE: "/x", API_BASE: "/x/api" },
      facebook: { DIALOG_BASE: "/facebook", GRAPH_BASE: "/facebook/graph" },
      instagram: { AUTHORIZE_BASE: "/instagram", API_BASE: "/instagram/api", GRAPH_BASE: "/instagram/graph" },
      linkedin: { WWW_BASE: "/linkedin", API_BASE: "/linkedin/api" },
      bluesky: { DEFAULT_HOST: "/bluesky", PLC_BASE: "/bluesky/plc", WEB_BASE: "/bluesky" },
    };
    const settings: Record<string, string> = {};
    for (const [platform, paths] of Object.entries(bases)) {
      const key = (name: string) => `FANFARE_PLATFORMS__${platform.toUpperCase()}__${name}`;
      for (const [name, path] of Object.entries(paths)) settings[key(name)] = this.url + path;
      settings[key("SANDBOX")] = "true";
      if (platform !== "bluesky") {
        settings[key("CLIENT_ID")] = `sandbox-${platform}`;
        settings[key("CLIENT_SECRET")] = `sandbox-${platform}-secret`;
      }
    }
    return settings;
  }

  /** Every post that was made there, oldest first. */
  async posts(platform: Platform): Promise<PublishedPost[]> {
    return (await this.call("GET", `/control/posts?platform=${platform}`)) as PublishedPost[];
  }

  /** The bytes of an image that a platform got. */
  async blob(digest: string): Promise<Uint8Array> {
    const answer = await fetch(`${this.url}/control/blobs/${digest}`);
    if (!answer.ok) throw new Error(`the sandbox has no blob ${digest}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** An app password of the sandbox's Bluesky. */
  async appPassword(handle: string): Promise<string> {
    const accounts = (await this.call("GET", "/control/accounts?platform=bluesky")) as { handle: string; password: string }[];
    const found = accounts.find((account) => account.handle === handle);
    if (!found) throw new Error(`nobody has the handle ${handle}`);
    return found.password;
  }

  async fault(fault: Fault): Promise<void> {
    await this.call("POST", "/control/faults", fault);
  }

  async clearFaults(): Promise<void> {
    await this.call("DELETE", "/control/faults");
  }

  /** As if the person had taken the permission back at the platform. */
  async revoke(platform: Platform, account: string): Promise<void> {
    await this.call("POST", "/control/revoke", { platform, account });
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the sandbox answered ${method} ${path} with ${answer.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}
