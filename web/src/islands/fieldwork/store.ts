/* What the phone keeps: the lists it took along, drafts, checks to send and those received. */

export interface Item {
  code: string;
  version: number;
  text: string;
  method: string;
  basis: string;
  key: boolean;
  cycle: string;
}

export interface Choice {
  key: string;
  word: string;
  note: boolean;
  note_on_key: boolean;
}

/** As the server says it (`operations/checks/queries/pack.py`). */
export interface Pack {
  list_at: string;
  own: boolean;
  tasks: { id: number; enterprise: number; unit: string; word: string; due_on: string; codes: string[] }[];
  /** `list_at`: when its list was taken; `due_on`, `review_due_on`: until when one has planned to go there. */
  enterprises: { id: number; name: string; address: string; list_at: string; due_on: string; review_due_on: string; codes: string[]; review_codes: string[] }[];
  items: Record<string, Item>;
  choices: Choice[];
  longest_note: number;
  posts: Post[];
  quizzes: Quiz[];
  questions: Record<string, { text: string; options: string[] }>;
  patrols: PatrolItem[];
  dangers: DangerItem[];
  /** Whether there are more of them than a phone takes along. */
  dangers_more?: boolean;
  /** Whose dangers one may report, and how severe one may say that they are. */
  firms: { id: number; name: string }[];
  grades: { key: string; word: string }[];
}

/** A danger that this account must rectify (`operations/safety/queries/phone.py`). `before`,
    `after`: photos that the server has; `hindered`: why it cannot be reported rectified, "" where it can;
    `behalf`: of an enterprise that has nobody here, for which an authority's people write it down. */
export interface DangerItem {
  id: number;
  number: string;
  title: string;
  unit: string;
  place: string;
  words: string;
  major: boolean;
  due_on: string;
  returned: string;
  before: number;
  after: number;
  own: boolean;
  behalf: boolean;
  hindered: string;
}

/** A patrol or post of one's own that is owed (`operations/patrols/queries/phone.py`). */
export interface PatrolItem {
  id: number;
  name: string;
  post: boolean;
  word: string;
  begins_at: string;
  due_at: string;
  task: string;
  points: { name: string; lon: number; lat: number; radius_m: number }[];
  line: [number, number][];
  signs: string[];
  state: string;
  mine: boolean;
  reached: number[];
  interval_s: number;
  worst_accuracy_m: number;
  least_share: number;
}

/** A patrol as this phone walks it. `fixes`: [time, longitude, latitude, accuracy in metres], not
    in the outbox yet; `ended_at`: "" while it goes on. */
export interface Walk {
  id: number;
  walking: boolean;
  fixes: [string, number, number, number][];
  reached: number[];
  remark: string;
  ended_at: string;
}

/** A post whose shift meeting may be held: its risks (both cards in short) and who works there. */
export interface Post {
  id: number;
  name: string;
  unit: string;
  place: string;
  held: boolean;
  told: Risk[];
  people: { id: number; name: string; lacking: boolean; asked: number[] }[];
}

export interface Risk {
  id: number;
  version: number;
  name: string;
  place: string;
  level: number;
  colour: string;
  hazards: string;
  accidents: string;
  controls: [string, string][];
  emergency: string;
  responsible: string;
}

/** Questions of a meeting that somebody has not answered yet. */
export interface Quiz {
  id: number;
  name: string;
  post: string;
  unit: string;
  held_at: string;
  asked: number[];
}

/** By question the place of the option that was ticked. */
export type Picked = Record<string, number>;

export interface Answer {
  choice: string;
  note: string;
  confirmed: boolean;
}

/** `code`: the item of a check, or "before" and "after" of a danger. `sent`: the server has it. */
export interface Photo {
  code: string;
  blob: Blob;
  taken_at: string;
  sent?: boolean;
  lon?: number;
  lat?: number;
}

/** A form being filled in, by what it is about: t12 a task, e5 an enterprise, r5 its
    standardisation review, m3 the shift meeting of
    a post, q7 a quiz, d9@2 the danger 9 and n@2 a new one, as account 2 writes of them.
    `absent`, `picked`: by worker of a meeting. */
export interface Draft {
  about: string;
  answers: Record<string, Answer>;
  photos: Photo[];
  absent?: number[];
  picked?: Record<string, Picked>;
  remarks?: string;
  lon?: number;
  lat?: number;
  firm?: number;
  title?: string;
  place?: string;
  words?: string;
  grade?: string;
}

export interface CheckBody {
  key: string;
  enterprise: number;
  task: number | null;
  use: string;
  list_at: string;
  performed_at: string;
  lon?: number;
  lat?: number;
  answers: Record<string, Answer>;
}

export interface MeetingBody {
  key: string;
  post: number;
  list_at: string;
  performed_at: string;
  present: number[];
  remarks: string;
  told: Record<string, number>;
  answers: Record<string, Record<string, number | null>>;
}

export interface QuizBody {
  key: string;
  attendance: number;
  list_at: string;
  performed_at: string;
  answers: Record<string, number | null>;
}

export interface PatrolBody {
  key: string;
  task: number;
  verb: "start" | "track" | "hand over" | "finish" | "danger";
  at: string;
  fixes: [string, number, number, number][];
  normal?: boolean;
  remark?: string;
  title?: string;
  words?: string;
  lon?: number;
  lat?: number;
}

export interface DangerBody {
  key: string;
  enterprise: number;
  title: string;
  place: string;
  words: string;
  grade: string;
  list_at: string;
  performed_at: string;
  lon?: number;
  lat?: number;
}

export interface RectifiedBody {
  key: string;
  danger: number;
  report: string;
  list_at: string;
  performed_at: string;
}

export type Submitted =
  | { kind?: "check"; body: CheckBody }
  | { kind: "meeting"; body: MeetingBody }
  | { kind: "quiz"; body: QuizBody }
  | { kind: "patrol"; body: PatrolBody }
  | { kind: "danger"; body: DangerBody }
  | { kind: "rectified"; body: RectifiedBody };

/** A record as it was submitted, until the server has all of it. `account`: whose it is. */
export type Waiting = Submitted & {
  key: string;
  account: number;
  about: string;
  unit: string;
  word: string;
  photos: Photo[];
  dangers: string[] | null;
  refused: string;
  /** What the server said of it, and of photos that it did not take. */
  said?: string[];
};

/** What the server has received, for the list below; newest first. `account`: whose it was. */
export interface Received {
  key: string;
  kind?: NonNullable<Submitted["kind"]>;
  account?: number;
  about: string;
  unit: string;
  word: string;
  dangers: string[];
  at: string;
  said?: string[];
}

export interface Kept {
  /** `ahead_ms`: how far the platform's clock was ahead of the phone's when the lists were taken. */
  pack: { id: "pack"; account: number; pack: Pack; ahead_ms: number };
  drafts: Draft;
  waiting: Waiting;
  received: Received;
  patrols: Walk;
}

const NAME = "anlan-fieldwork";
const KEYS: { [S in keyof Kept]: string } = { pack: "id", drafts: "about", waiting: "key", received: "key", patrols: "id" };

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 2);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(KEYS)) {
        if (!asked.result.objectStoreNames.contains(store)) asked.result.createObjectStore(store, { keyPath });
      }
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

/* Resolved only when the transaction is complete: what was put is on the disk then. */
async function run<T>(store: keyof Kept, mode: IDBTransactionMode, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = ask(transaction.objectStore(store));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = transaction.onerror = () => failed(transaction.error ?? request.error);
  });
}

/** Enterprises that were searched for go along from now on, each with the list of its own day. */
export function together(kept: Pack, found: Pack): Pack {
  const known = new Set(found.enterprises.map((one) => one.id));
  const before = kept.enterprises.map((one) => (known.has(one.id) ? (found.enterprises.find((f) => f.id === one.id) ?? one) : one));
  const had = new Set(kept.enterprises.map((one) => one.id));
  const due = new Map(kept.enterprises.map((one) => [one.id, { due_on: one.due_on, review_due_on: one.review_due_on }]));
  const enterprises = [...before, ...found.enterprises.filter((one) => !had.has(one.id))];
  return { ...kept, list_at: found.list_at, items: { ...kept.items, ...found.items }, enterprises: enterprises.map((one) => ({ ...one, ...due.get(one.id) })) };
}

export function get<S extends keyof Kept>(store: S, key: string | number): Promise<Kept[S] | undefined> {
  return run(store, "readonly", (rows) => rows.get(key) as IDBRequest<Kept[S] | undefined>);
}

export function all<S extends keyof Kept>(store: S): Promise<Kept[S][]> {
  return run(store, "readonly", (rows) => rows.getAll() as IDBRequest<Kept[S][]>);
}

export async function put<S extends keyof Kept>(store: S, row: Kept[S]): Promise<void> {
  await run(store, "readwrite", (rows) => rows.put(row));
}

export async function drop(store: keyof Kept, key: string | number): Promise<void> {
  await run(store, "readwrite", (rows) => rows.delete(key));
}

/** The draft becomes a check to send: both in one transaction, so that it is never neither or both. */
export async function submit(row: Waiting): Promise<void> {
  const transaction = (await database()).transaction(["drafts", "waiting"], "readwrite", { durability: "strict" });
  transaction.objectStore("waiting").put(row);
  transaction.objectStore("drafts").delete(row.about);
  await new Promise<void>((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => failed(transaction.error);
  });
}

/** A name for a check that no other has. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A name that sorts by its time: what belongs to one patrol is sent in the order in which it was. */
export function orderedKey(at: Date): string {
  return at.getTime().toString(16).padStart(12, "0") + freshKey().slice(12);
}
