// Sentences are English; the names in them may run the other way. Each name is set apart, so that it turns neither
// the sentence nor the numbers beside it round.

/** A piece of a sentence. */
export interface Piece {
  text: string;
  name: boolean;
}

/** Only letters of these scripts can turn anything round: Hebrew, Arabic and their kin. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A sentence in pieces: names that occur in it, and what lies between. */
export function pieces(sentence: string, names: readonly (string | null)[]): Piece[] {
  if (!RIGHT_TO_LEFT.test(sentence)) return [{ text: sentence, name: false }];
  let list: Piece[] = [{ text: sentence, name: false }];
  for (const name of names) {
    if (!name || !RIGHT_TO_LEFT.test(name)) continue;
    list = list.flatMap((piece) => {
      if (piece.name || !piece.text.includes(name)) return [piece];
      return piece.text
        .split(name)
        .flatMap((text, i): Piece[] => [
          ...(i > 0 ? [{ text: name, name: true }] : []),
          ...(text ? [{ text, name: false }] : []),
        ]);
    });
  }
  return list;
}
