/** A plain person, drawn: what the networks take for one. `degrees` turns the head around the middle of the face. */
export const drawnPerson = ({
  degrees = 0,
  moved = 0,
}: {
  degrees?: number;
  moved?: number;
} = {}): string => `
<svg xmlns="http://www.w3.org/2000/svg" width="${360 + moved * 2}" height="480">
<defs><radialGradient id="skin" cx="0.45" cy="0.4" r="0.7">
<stop offset="0" stop-color="#f0c4a0"/><stop offset="0.7" stop-color="#d69a72"/><stop offset="1" stop-color="#9c6244"/>
</radialGradient></defs>
<rect width="100%" height="480" fill="#8fa6b8"/>
<g transform="translate(${moved} 0)">
<path d="M60 480C60 380 120 350 180 350S300 380 300 480Z" fill="#35506b"/>
<rect x="150" y="300" width="60" height="70" fill="#c08560"/>
<g transform="rotate(${degrees} 180 210)">
<ellipse cx="180" cy="210" rx="88" ry="115" fill="url(#skin)"/>
<path d="M88 200C80 90 130 70 180 70S280 90 272 200C262 150 240 130 180 128S98 150 88 200Z" fill="#3b2618"/>
<path d="M122 178Q145 164 166 176M194 176Q215 164 238 178" stroke="#3b2618" stroke-width="7" fill="none"/>
<ellipse cx="145" cy="198" rx="19" ry="10" fill="#fdf8f2"/><ellipse cx="215" cy="198" rx="19" ry="10" fill="#fdf8f2"/>
<circle cx="145" cy="198" r="9" fill="#3a2a20"/><circle cx="215" cy="198" r="9" fill="#3a2a20"/>
<path d="M180 200C176 225 168 240 166 248Q180 260 194 248" stroke="#a86c4c" stroke-width="5" fill="none"/>
<path d="M148 282Q180 268 212 282Q180 304 148 282Z" fill="#b2504a"/>
<path d="M148 282Q180 286 212 282" stroke="#6d2a2a" stroke-width="3" fill="none"/>
</g></g></svg>`;
