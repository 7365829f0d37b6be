export interface Line {
  readonly slope: number;
  /** Standard error of the slope. */
  readonly slopeError: number;
}

/** Least squares. @param points At least three. */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Line {
  const mean = (read: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + read(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
  const residue = points.reduce((sum, point) => sum + (point.y - y - slope * (point.x - x)) ** 2, 0);
  return { slope, slopeError: Math.sqrt(residue / (points.length - 2) / spread) };
}
