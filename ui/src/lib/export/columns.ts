// The columns of an export: which, and in which order.

/** A column that can be had. */
export interface Column {
  name: string;
  on: boolean;
}

/** What a person chose the last time, and of which list: of another list they see other columns. */
export interface Choice {
  list: readonly string[];
  columns: string[];
}

/** For `recall`. */
export function isChoice(value: unknown): value is Choice {
  if (typeof value !== 'object' || value === null) return false;
  const { list, columns } = value as Partial<Choice>;
  const strings = (all: unknown) =>
    Array.isArray(all) && all.every((one) => typeof one === 'string');
  return strings(list) && strings(columns);
}

/** The columns that an export begins with: those of the list, or what was chosen for it before. */
export function beginning(list: readonly string[], before: Choice | null): readonly string[] {
  const same =
    before?.list.length === list.length && before.list.every((name, i) => name === list[i]);
  return before && same ? before.columns : list;
}

/** All columns, the chosen ones first and in their order, then the rest in the usual one. */
export function arranged(all: readonly string[], chosen: readonly string[]): Column[] {
  const on = chosen.filter((name) => all.includes(name));
  const off = all.filter((name) => !on.includes(name));
  return [...on.map((name) => ({ name, on: true })), ...off.map((name) => ({ name, on: false }))];
}

/** With a column moved by so many places. */
export function moved(columns: readonly Column[], index: number, by: number): Column[] {
  const to = Math.min(Math.max(0, index + by), columns.length - 1);
  const next = [...columns];
  const [column] = next.splice(index, 1);
  if (column) next.splice(to, 0, column);
  return next;
}

/** With a column chosen, or not any more; its place stays. */
export function switched(columns: readonly Column[], index: number): Column[] {
  return columns.map((column, i) => (i === index ? { ...column, on: !column.on } : column));
}

/** A column's name as a person reads it: `happened_at` → `Happened at`. */
export function columnTitle(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
