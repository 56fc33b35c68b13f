/** The sign in a cell that nobody fills yet: a plus, and its number under it. Quiet, since it is not a picture. */
export function paintFree(
  canvas: OffscreenCanvas,
  { width, height }: { width: number; height: number },
  number: number,
): { width: number; height: number } {
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#1d1d22';
  pen.fillRect(0, 0, width, height);
  const arm = Math.min(width, height) * 0.11;
  const [x, y] = [width / 2, height / 2 - arm * 0.5];
  pen.strokeStyle = pen.fillStyle = '#94939a';
  pen.lineWidth = arm * 0.26;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(x - arm, y);
  pen.lineTo(x + arm, y);
  pen.moveTo(x, y - arm);
  pen.lineTo(x, y + arm);
  pen.stroke();
  pen.font = `700 ${arm}px "Familjen Grotesk Variable", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  pen.fillText(String(number), x, y + arm * 1.6);
  return { width, height };
}
