/**
 * Moves positions apart to at least `gap`, keeping their order and staying in [lo, hi] where there
 * is room.
 * @returns new positions in the order of the input
 */
export function dodge(
  positions: readonly number[],
  gap: number,
  lo: number,
  hi: number,
): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b] || a - b);
  const moved = order.map((i) => positions[i]);
  // A block of touching labels is centred on the mean of where its labels would like to be.
  const blocks: { start: number; count: number; sum: number }[] = [];
  const startOf = (sum: number, count: number) => {
    const start = sum / count - (count - 1) * gap / 2;
    return Math.max(lo, Math.min(hi - (count - 1) * gap, start));
  };
  for (const wish of moved) {
    blocks.push({ start: startOf(wish, 1), count: 1, sum: wish });
    while (blocks.length > 1) {
      const last = blocks[blocks.length - 1], before = blocks[blocks.length - 2];
      if (before.start + before.count * gap <= last.start) break;
      const sum = before.sum + last.sum, count = before.count + last.count;
      blocks.splice(-2, 2, { start: startOf(sum, count), count, sum });
    }
  }
  const result = new Array<number>(positions.length);
  let rank = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.count; k++) result[order[rank++]] = block.start + k * gap;
  }
  return result;
}
