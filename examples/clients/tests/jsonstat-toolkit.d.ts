// The library brings no types; these are of what the tests use.
declare module "jsonstat-toolkit" {
  interface DataSet {
    class: string;
    Data(categories: Record<string, string>): { value: number | null; status: string | null };
    Dimension(id: string): { Category(code: string): { label: string } };
  }
  export default function JSONstat(document: unknown): DataSet;
}
