// The thumbnail of a video, which Telegram's apps send with it.

const LONGER_SIDE = 320;

/** The first frame as a JPEG; null for a file that this browser cannot play. */
export async function firstFrame(file) {
  const video = document.createElement("video");
  video.muted = true;
  video.src = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => { video.onloadeddata = resolve; video.onerror = reject; });
    return await drawn(video);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(video.src);
  }
}

function drawn(video) {
  const scale = Math.min(1, LONGER_SIDE / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg"); });
}
