/**
 * The few words of WebGL2 that the compositor speaks. Everywhere v = 0 is the top of a picture: textures are uploaded
 * that way and drawn into each other that way, and only the canvas, whose first row is its lowest, is drawn upside down.
 */
export type Gl = WebGL2RenderingContext;
export type Target = { texture: WebGLTexture; frame: WebGLFramebuffer; width: number; height: number };
export type Program = {
  use(): void;
  number(name: string, ...values: number[]): void;
  /** Texture units and counts. */
  whole(name: string, value: number): void;
  delete(): void;
};

/** Corners without a buffer: 0 … 1 from the top left. `u_up` is 1 into a texture, -1 onto the canvas. */
export const wholeFrame = `#version 300 es
uniform float u_up;
out vec2 at;
void main() {
  at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(at.x * 2.0 - 1.0, (at.y * 2.0 - 1.0) * u_up, 0.0, 1.0);
}`;

export const fragmentHead = `#version 300 es
precision highp float;
precision highp int;
in vec2 at;
out vec4 colour;
`;

export function createProgram(gl: Gl, vertex: string, fragment: string): Program {
  const program = gl.createProgram();
  const shaders = [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ].map(([kind, source]) => {
    const shader = gl.createShader(kind as number)!;
    gl.shaderSource(shader, source as string);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    return shader;
  });
  gl.linkProgram(program);
  // A lost context links nothing, and says so elsewhere.
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(
      [gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))].join('\n'),
    );
  for (const shader of shaders) gl.deleteShader(shader);
  const places = new Map<string, WebGLUniformLocation | null>();
  const place = (name: string) => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const found = gl.getUniformLocation(program, name);
    places.set(name, found);
    return found;
  };
  return {
    use: () => gl.useProgram(program),
    number(name, ...[one, two, three, four]) {
      if (four !== undefined) gl.uniform4f(place(name), one!, two!, three!, four);
      else if (two !== undefined) gl.uniform2f(place(name), one!, two);
      else gl.uniform1f(place(name), one!);
    },
    whole: (name, value) => gl.uniform1i(place(name), value),
    delete: () => gl.deleteProgram(program),
  };
}

export function createTexture(gl: Gl): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

/** A texture that can be drawn into. */
export function createTarget(gl: Gl, width: number, height: number): Target {
  const texture = createTexture(gl);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
  const frame = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  return { texture, frame, width, height };
}

export function deleteTarget(gl: Gl, target: Target | null): void {
  if (!target) return;
  gl.deleteFramebuffer(target.frame);
  gl.deleteTexture(target.texture);
}

export function bindTexture(gl: Gl, unit: number, texture: WebGLTexture): void {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, texture);
}

/** Opens a target for drawing; null is the canvas. The program must be in use. */
export function drawWhole(gl: Gl, program: Program, target: Target | null): void {
  gl.bindFramebuffer(gl.FRAMEBUFFER, target?.frame ?? null);
  gl.viewport(0, 0, target?.width ?? gl.drawingBufferWidth, target?.height ?? gl.drawingBufferHeight);
  program.number('u_up', target ? 1 : -1);
  gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
}
