/// The job that a handler works on is not its own any more: it was cancelled, replaced, or taken
/// over after its lease ran out. Whoever holds it now decides.
package struct JobLeaseLost: Error {}
