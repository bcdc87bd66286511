// Runs the trainings of a module that scripts/check-embedded has built and compares their fingerprints with the expected
// ones. With --places it prints the fingerprint of every intermediate result instead.
import { readFile } from "node:fs/promises";

const [path, option] = process.argv.slice(2);
let errors = "";
const host = {
  writeError(pointer, count) {
    errors += new TextDecoder().decode(new Uint8Array(core.memory.buffer, pointer, count));
  },
};
const { instance } = await WebAssembly.instantiate(await readFile(path), { host });
const core = instance.exports;

const hexadecimal = (value) => BigInt.asUintN(64, value).toString(16).padStart(16, "0");

function text(byteAt) {
  const bytes = [];
  for (let index = 0, byte; (byte = byteAt(index)) >= 0; index++) bytes.push(byte);
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/// A mistake of shapes must stop the module and say why.
function reportsMistakes() {
  try {
    core.multiplyMisshapen();
    return false;
  } catch (stop) {
    return stop instanceof WebAssembly.RuntimeError && errors.startsWith("Fatal error: matmul: ");
  }
}

let isAsExpected = true;
const line = ["embedded:"];
for (let run = 0; run < core.runCount(); run++) {
  const name = text((index) => core.nameByte(run, index));
  const start = performance.now();
  const found = core.run(run);
  const time = performance.now() - start;
  if (option === "--places") {
    for (let place = 0; place < core.placeCount(); place++) {
      const placeName = text((index) => core.placeNameByte(place, index));
      console.log(`${name}, ${placeName}: ${hexadecimal(core.placeFingerprint(place))}`);
    }
  } else {
    line.push(`${name} ${hexadecimal(found)} (${time.toFixed(0)} ms)`);
    if (found !== core.expected(run)) {
      line.push(`(NOT the expected ${hexadecimal(core.expected(run))})`);
      isAsExpected = false;
    }
  }
}
if (option !== "--places") {
  console.log(line.join(" "));
  if (!reportsMistakes()) {
    console.error("embedded: a mistake of shapes does not stop the module with its message");
    isAsExpected = false;
  }
}
process.exitCode = isAsExpected ? 0 : 1;
