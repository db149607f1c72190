// What a step of the checks counts for.
const nothing = { passed: 0, failed: 0, skipped: [] };

/** What a test runner says of its tests; it has failed when that cannot be read. */
function counted(count) {
  try {
    return { numbers: count() ?? nothing, trouble: '' };
  } catch (error) {
    return { numbers: nothing, trouble: `\nIts results could not be read: ${String(error)}\n` };
  }
}

/** Numbers of a step that has ended. It passed only if it ended well and, where it counts tests, proved something. */
export function resultOf(step, { code, output }) {
  if (!step.count) {
    const passed = code === 0 ? 1 : 0;
    return { ...nothing, passed, failed: 1 - passed, output };
  }
  const { numbers, trouble } = counted(step.count);
  // It crashed, found no tests, ran out of time: a failure without a failed test is a failure all the same.
  const isUnproved = numbers.failed === 0 && (code !== 0 || numbers.passed === 0);
  return { ...numbers, failed: isUnproved ? 1 : numbers.failed, output: output + trouble };
}
