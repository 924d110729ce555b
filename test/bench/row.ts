/** One line of the bench: a figure beside a peer's or a floor's, measured in the same run. */
export interface Row {
  what: string;
  unit: "ms" | "1/s";
  figure: number;
  peer: string;
  peerFigure: number;
  /** Figure through the peer's figure. */
  ratio: number;
}
