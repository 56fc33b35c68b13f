/**
 * When the pictures of a camera were taken, as the finder that shows them tells. A recording begins with the first
 * picture that comes after it was started. It is started right after one, so that the next is surely that.
 */
type Facts = { captureTime?: number; presentationTime: number };

/**
 * When the next picture was taken, in `performance.now()`; of those that came `after` a moment, the first. Where the
 * browser does not say when it was taken, when it came.
 */
export function nextPicture(finder: HTMLVideoElement | null, after = 0): Promise<number> {
  return new Promise((done) => {
    // A camera that stands still, or a browser that does not tell, is not waited for.
    const timer = setTimeout(() => done(performance.now()), patienceMs);
    const look = () =>
      finder?.requestVideoFrameCallback?.((_, facts: Facts) => {
        if (facts.presentationTime < after) return look();
        clearTimeout(timer);
        done(facts.captureTime ?? facts.presentationTime);
      });
    look();
  });
}
const patienceMs = 250;
