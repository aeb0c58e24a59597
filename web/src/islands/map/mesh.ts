/* One square of water as a mesh (WebGL 2), coloured by class of depth. What a pixel of a tile says is
   written in operations/forecasts/rules/water_tiles.py. In 3D its corners and triangles are those of
   MapLibre's own ground (Terrain.getTerrainMesh, a quarter of it), and so is the height it gives
   them where no water stands higher. */
import type { Ground } from "./squares";

const SIDE = 64;
const PIXELS = 256;
const RIVER = 6;
const READ = `
  const float PIXELS = ${PIXELS}.0;
  vec3 at(sampler2D water, vec2 place) {
    return texelFetch(water, ivec2(clamp(floor(place * PIXELS), 0.0, PIXELS - 1.0)), 0).rgb * 255.0;
  }
  int what(vec3 pixel) { return int(pixel.r + 0.5) / 32; }
  float level(vec3 pixel) {
    float high = mod(floor(pixel.r + 0.5), 32.0);
    return (high * 65536.0 + floor(pixel.g + 0.5) * 256.0 + floor(pixel.b + 0.5)) / 100.0 - 1000.0;
  }`;

/* Heights are read as MapLibre's get_elevation reads them: between four pixels, with a border of one
   around the picture. */
const VERTEX = `#version 300 es
  precision highp float;
  precision highp sampler2D;
  in vec2 place;
  uniform mat4 matrix;
  uniform vec3 part;
  uniform float exaggeration;
  uniform sampler2D water;
  uniform sampler2D ground;
  uniform vec4 unpack;
  uniform float pixels;
  uniform vec3 under;
  out vec2 inside;
  ${READ}
  float height(vec2 spot) {
    vec4 read = texture(ground, spot) * 255.0 * unpack;
    return read.r + read.g + read.b - unpack.a;
  }
  float standing() {
    vec2 spot = (under.xy + place * under.z) * pixels + 1.0;
    vec2 share = fract(spot);
    vec2 first = (floor(spot) + 0.5) / (pixels + 2.0);
    float next = 1.0 / (pixels + 2.0);
    return mix(
      mix(height(first), height(first + vec2(next, 0.0)), share.x),
      mix(height(first + vec2(0.0, next)), height(first + vec2(next)), share.x), share.y);
  }
  void main() {
    inside = place * part.z + part.xy;
    vec3 pixel = at(water, inside);
    float metres = 0.0;
    if (exaggeration > 0.0) {
      metres = standing();
      if (pixel.r + pixel.g + pixel.b > 0.0) metres = max(metres, level(pixel));
    }
    gl_Position = matrix * vec4(place, metres * exaggeration, 1.0);
  }`;

/* A pixel of the screen may cover several of the tile: four places in it are looked at, so that a
   strip narrower than a pixel grows pale and does not break into dots. */
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
  vec4 seen(vec2 place) {
    int found = what(at(water, place));
    if (found == 0 || (found == ${RIVER} && exaggeration == 0.0)) return vec4(0.0);
    return vec4(colours[found - 1], 1.0) * opacity;
  }
  void main() {
    vec2 across = dFdx(inside);
    vec2 down = dFdy(inside);
    if (any(lessThan(inside, vec2(0.0))) || any(greaterThan(inside, vec2(1.0)))) discard;
    colour = 0.25 * (
      seen(inside + 0.375 * across + 0.125 * down) + seen(inside - 0.375 * across - 0.125 * down)
      + seen(inside + 0.125 * across - 0.375 * down) + seen(inside - 0.125 * across + 0.375 * down));
    if (colour.a == 0.0) discard;
  }`;

export interface Look {
  /** Factor on heights; 0 lays the water flat. */
  exaggeration: number;
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
    gl.uniform1i(this.place("water"), 0);
    gl.uniform1i(this.place("ground"), 1);
    gl.uniform1f(this.place("exaggeration"), look.exaggeration);
    gl.uniform1f(this.place("opacity"), look.opacity);
    gl.uniform3fv(this.place("colours"), look.colours.flatMap(rgb));
    if (look.exaggeration === 0) gl.disable(gl.DEPTH_TEST);
    // Where the ground is the higher the two are one, but for the rounding of their matrices.
    gl.enable(gl.POLYGON_OFFSET_FILL);
    gl.polygonOffset(-1, -4);
  }

  /** part: where the square lies in the water's texture (`partOf`). */
  draw(texture: WebGLTexture, matrix: Float32Array, part: [number, number, number], ground: Ground | null): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, ground?.texture ?? null);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniformMatrix4fv(this.place("matrix"), false, matrix);
    gl.uniform3fv(this.place("part"), part);
    if (ground) {
      gl.uniform4fv(this.place("unpack"), ground.unpack);
      gl.uniform1f(this.place("pixels"), ground.pixels);
      gl.uniform3fv(this.place("under"), ground.place);
    }
    gl.drawElements(gl.TRIANGLES, this.count, gl.UNSIGNED_SHORT, 0);
  }

  end(gl: WebGL2RenderingContext): void {
    gl.disable(gl.POLYGON_OFFSET_FILL);
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
    made.set([a, below, below + 1, a, below + 1, a + 1], 6 * n);
  }
  return made;
}

function rgb(text: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16) / 255);
}
