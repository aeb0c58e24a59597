/* One tile of water as a mesh of its levels (WebGL 2), coloured by class of depth. What a pixel of a
   tile says is written in operations/forecasts/rules/water_tiles.py. */

const SIDE = 128;
const PIXELS = 256;
const RIVER = 6;
const READ = `
  const float PIXELS = ${PIXELS}.0;
  vec3 at(sampler2D water, vec2 place) {
    return texelFetch(water, ivec2(min(floor(place * PIXELS), PIXELS - 1.0)), 0).rgb * 255.0;
  }
  int what(vec3 pixel) { return int(pixel.r + 0.5) / 32; }
  float level(vec3 pixel) {
    float high = mod(floor(pixel.r + 0.5), 32.0);
    return (high * 65536.0 + floor(pixel.g + 0.5) * 256.0 + floor(pixel.b + 0.5)) / 100.0 - 1000.0;
  }`;

const VERTEX = `#version 300 es
  precision highp float;
  precision highp sampler2D;
  in vec2 place;
  uniform mat4 matrix;
  uniform float exaggeration;
  uniform float lift;
  uniform sampler2D water;
  out vec2 inside;
  ${READ}
  void main() {
    inside = place;
    vec3 pixel = at(water, place);
    float metres = pixel.r + pixel.g + pixel.b > 0.0 ? level(pixel) * exaggeration : 0.0;
    gl_Position = matrix * vec4(place, metres, 1.0);
    if (exaggeration > 0.0) {
      vec4 lifted = matrix * vec4(place, metres + lift * exaggeration, 1.0);
      gl_Position.z = lifted.z / lifted.w * gl_Position.w;
    }
  }`;

const FRAGMENT = `#version 300 es
  precision highp float;
  precision highp sampler2D;
  in vec2 inside;
  uniform sampler2D water;
  uniform float exaggeration;
  uniform float opacity;
  uniform vec3 colours[${RIVER}];
  out vec4 colour;
  ${READ}
  void main() {
    int found = what(at(water, inside));
    if (found == 0 || (found == ${RIVER} && exaggeration == 0.0)) discard;
    colour = vec4(colours[found - 1] * opacity, opacity);
  }`;

export interface Look {
  /** Factor on heights; 0 lays the water flat. */
  exaggeration: number;
  /** The water is compared with the ground as if it stood so much higher (metres). */
  lift: number;
  opacity: number;
  /** #rrggbb of the classes of depth, then of the river. */
  colours: string[];
}

export class Mesh {
  private readonly program: WebGLProgram;
  private readonly shape: WebGLVertexArrayObject;
  private readonly buffers: WebGLBuffer[] = [];
  private readonly count = SIDE * SIDE * 6;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = this.link();
    this.shape = gl.createVertexArray();
    gl.bindVertexArray(this.shape);
    this.fill(gl.ARRAY_BUFFER, corners());
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    this.fill(gl.ELEMENT_ARRAY_BUFFER, triangles());
    gl.bindVertexArray(null);
  }

  begin(look: Look): void {
    const { gl } = this;
    gl.useProgram(this.program);
    gl.bindVertexArray(this.shape);
    gl.activeTexture(gl.TEXTURE0);
    gl.uniform1i(this.place("water"), 0);
    gl.uniform1f(this.place("exaggeration"), look.exaggeration);
    gl.uniform1f(this.place("lift"), look.lift);
    gl.uniform1f(this.place("opacity"), look.opacity);
    gl.uniform3fv(this.place("colours"), look.colours.flatMap(rgb));
    if (look.exaggeration === 0) gl.disable(gl.DEPTH_TEST);
  }

  draw(texture: WebGLTexture, matrix: Float32Array): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniformMatrix4fv(this.place("matrix"), false, matrix);
    gl.drawElements(gl.TRIANGLES, this.count, gl.UNSIGNED_SHORT, 0);
  }

  end(gl: WebGL2RenderingContext): void {
    gl.bindVertexArray(null);
  }

  remove(): void {
    const { gl } = this;
    for (const buffer of this.buffers) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.shape);
    gl.deleteProgram(this.program);
  }

  private place(name: string): WebGLUniformLocation | null {
    return this.gl.getUniformLocation(this.program, name);
  }

  private fill(target: number, data: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>): void {
    const buffer = this.gl.createBuffer();
    this.buffers.push(buffer);
    this.gl.bindBuffer(target, buffer);
    this.gl.bufferData(target, data, this.gl.STATIC_DRAW);
  }

  private link(): WebGLProgram {
    const { gl } = this;
    const program = gl.createProgram();
    for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new Error("no shader");
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.bindAttribLocation(program, 0, "place");
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(program) ?? "water");
    return program;
  }
}

function corners(): Float32Array<ArrayBuffer> {
  const made = new Float32Array((SIDE + 1) ** 2 * 2);
  for (let n = 0; n < (SIDE + 1) ** 2; n++) made.set([(n % (SIDE + 1)) / SIDE, Math.floor(n / (SIDE + 1)) / SIDE], 2 * n);
  return made;
}

function triangles(): Uint16Array<ArrayBuffer> {
  const made = new Uint16Array(SIDE * SIDE * 6);
  for (let n = 0; n < SIDE * SIDE; n++) {
    const a = Math.floor(n / SIDE) * (SIDE + 1) + (n % SIDE);
    const below = a + SIDE + 1;
    made.set([a, below, a + 1, a + 1, below, below + 1], 6 * n);
  }
  return made;
}

function rgb(text: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16) / 255);
}
