// Addresses that an event is sent to.

/** An address without what may be a secret in it: name and password, query, fragment. Null for what is none. */
export function withoutSecrets(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin + url.pathname : null;
  } catch {
    return null;
  }
}

/** The host of an address, with its port where it has one. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
