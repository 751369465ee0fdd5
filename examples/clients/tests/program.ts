// The running program that the clients are tried against; tools/with-niengiam starts one.
export const address = process.env.NIENGIAM_URL ?? "http://127.0.0.1:8080";

export const api = `${address}/graphql`;

/** A fetch that counts the requests and remembers the last one. */
export function counting() {
  const seen: { count: number; methods: string[]; bodies: string[] } = { count: 0, methods: [], bodies: [] };
  const ask: typeof fetch = (input, init) => {
    seen.count++;
    seen.methods.push(init?.method ?? "GET");
    seen.bodies.push(String(init?.body ?? input));
    return fetch(input, init);
  };
  return { seen, ask };
}
