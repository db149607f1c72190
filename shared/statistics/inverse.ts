/**
 * Inverse of a symmetric positive definite matrix (rows one after another) by Cholesky factors; throws a RangeError
 * when it is not positive definite.
 */
export function inverseOf(matrix: Float64Array, size: number): Float64Array {
  const factor = choleskyOf(matrix, size);
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    const solved = new Float64Array(size);
    for (let row = 0; row < size; row += 1) {
      let sum = row === column ? 1 : 0;
      for (let at = 0; at < row; at += 1) sum -= (factor[row * size + at] ?? 0) * (solved[at] ?? 0);
      solved[row] = sum / (factor[row * size + row] ?? 1);
    }
    for (let row = size - 1; row >= 0; row -= 1) {
      let sum = solved[row] ?? 0;
      for (let at = row + 1; at < size; at += 1) sum -= (factor[at * size + row] ?? 0) * (solved[at] ?? 0);
      solved[row] = sum / (factor[row * size + row] ?? 1);
      inverse[row * size + column] = solved[row] ?? 0;
    }
  }
  return inverse;
}

function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column] ?? 0;
      for (let at = 0; at < column; at += 1)
        sum -= (factor[row * size + at] ?? 0) * (factor[column * size + at] ?? 0);
      if (row !== column) factor[row * size + column] = sum / (factor[column * size + column] ?? 1);
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else throw new RangeError('the matrix is not positive definite');
    }
  return factor;
}
