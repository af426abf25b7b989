// The page: scores a file by POST /v1/score, and the microphone by the WebSocket /v1/stream.
const COLOURS = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'];
const LIVE_SECONDS = 60; // what a lane shows while the microphone is on
const PEAKS = 20; // per second of a waveform
const AXIS = 16; // pixels at the bottom of a lane
const STEPS = [1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600, 7200]; // between the times of an axis, in s
const MAX_UNSENT_BYTES = 1 << 20;
const SURE = 0.5; // below it, the answer is more likely wrong than right

const $ = (id) => document.getElementById(id);
let emotions = COLOURS; // those of the model
let token = '';
let abstainBelow = 0;
let lanes = []; // for each channel: peaks, segments, words
let seconds = 0;
let live = null;
let saved = null; // the result that can be saved

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name);
// The eight emotions have colours of their own, others take these in turn.
const hue = (name) => (COLOURS.includes(name) ? name : COLOURS[emotions.indexOf(name) % COLOURS.length]);
const sure = (part) => part.confidence >= Math.max(SURE, abstainBelow);
const clock = (time) => {
  const tenths = Math.round(time * 10);
  return `${String(Math.floor(tenths / 600)).padStart(2, '0')}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
};

function likeliest(part) {
  return emotions.reduce((best, one) => (part['probability_' + one] > part['probability_' + best] ? one : best));
}

function answer(part) {
  if (part.emotion === 'silence' || part.confidence === null) return 'silence';
  return sure(part) ? likeliest(part) : 'not sure';
}

function say(text, bad = false) {
  $('status').textContent = text;
  $('status').classList.toggle('bad', bad);
}

async function request(path, options = {}) {
  const headers = { ...options.headers, ...(token && { Authorization: 'Bearer ' + token }) };
  const response = await fetch(path, { ...options, headers });
  $('login').hidden = response.status !== 401;
  if (response.status === 401) throw new Error('This service needs a token.');
  const body = await response.json();
  if (!response.ok && body.status !== 'rejected') throw new Error(body.message ?? `The service answered ${response.status}.`);
  return body;
}

async function showModel() {
  try {
    const model = await request('v1/model');
    abstainBelow = model.abstain_below;
    emotions = model.emotions ?? COLOURS;
    showEmotions();
    $('model').textContent = `Model ${model.model_id}, windows of ${model.window_s} s every ${model.hop_s} s`;
    say('');
  } catch (failure) {
    say(failure.message, true);
  }
}

function begin(channels) {
  lanes = Array.from({ length: channels }, () => ({ peaks: [], segments: [], words: [] }));
  seconds = 0;
  saved = null;
  $('json').disabled = $('vtt').disabled = true;
  $('rows').replaceChildren();
  $('summary').textContent = '';
  $('now').hidden = true;
  $('time').hidden = false;
  $('table').classList.toggle('single', channels === 1);
  $('lanes').replaceChildren(...lanes.map((lane, index) => {
    const box = document.createElement('div');
    box.className = 'lane';
    const title = document.createElement('h3');
    title.textContent = channels > 1 ? `Channel ${index + 1}` : 'All channels';
    lane.canvas = document.createElement('canvas');
    lane.canvas.setAttribute('role', 'img');
    lane.canvas.setAttribute('aria-label', `Waveform and emotions, ${title.textContent.toLowerCase()}; the table below has the same`);
    lane.text = document.createElement('p');
    lane.text.className = 'words';
    lane.text.hidden = true;
    lane.text.setAttribute('aria-label', `Words, ${title.textContent.toLowerCase()}`);
    box.append(title, lane.canvas, lane.text);
    return box;
  }));
}

function addPeaks(lane, samples, rate) {
  const step = Math.floor(rate / PEAKS);
  for (let from = 0; from < samples.length; from += step) {
    let peak = 0;
    for (let i = from; i < Math.min(from + step, samples.length); i++) peak = Math.max(peak, Math.abs(samples[i]));
    lane.peaks.push(peak);
  }
}

function draw() {
  const start = live ? Math.max(0, seconds - LIVE_SECONDS) : 0;
  const span = live ? LIVE_SECONDS : Math.max(seconds, 0.1);
  for (const lane of lanes) {
    const canvas = lane.canvas;
    const scale = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext('2d');
    pen.scale(scale, scale);
    const x = (time) => ((time - start) / span) * width;
    const bottom = height - AXIS;
    const middle = bottom * 0.23;
    drawAxis(pen, start, span, x, bottom, height);
    pen.fillStyle = colour('wave');
    lane.peaks.forEach((peak, i) => {
      const half = Math.max(0.5, Math.min(1, peak) * middle * 0.95);
      pen.fillRect(x(i / PEAKS), middle - half, Math.max(1, width / span / PEAKS), 2 * half);
    });
    const top = bottom * 0.58;
    for (const part of lane.segments) drawSegment(pen, part, x(part.start_s), x(part.end_s), top, bottom - top);
    for (const one of spans(lane.segments)) drawLabel(pen, one.text, Math.max(0, x(one.start)), x(one.end), top);
  }
}

/** Lines at round times, with labels at the bottom that do not touch each other. */
function drawAxis(pen, start, span, x, bottom, height) {
  const step = STEPS.find((one) => x(start + one) >= 64) ?? STEPS[STEPS.length - 1];
  pen.font = '11px system-ui, sans-serif';
  for (let time = Math.ceil(start / step) * step; time < start + span; time += step) {
    pen.fillStyle = colour('line');
    pen.fillRect(x(time), 0, 1, bottom);
    pen.fillStyle = colour('quiet');
    const text = clock(time).slice(0, -2);
    const left = Math.max(2, x(time) - pen.measureText(text).width / 2);
    if (left + pen.measureText(text).width <= x(start + span)) pen.fillText(text, left, height - 4);
  }
}

/** A block whose height is the confidence; where the model is not sure, only an outline. */
function drawSegment(pen, part, left, right, top, room) {
  if (answer(part) === 'silence') return;
  const height = Math.max(3, part.confidence * (room - 2));
  pen.fillStyle = pen.strokeStyle = colour(hue(likeliest(part)));
  if (sure(part)) {
    pen.fillRect(left, top + room - height, right - left, height);
  } else {
    pen.setLineDash([3, 3]);
    pen.strokeRect(left + 1, top + room - height, right - left - 2, height - 1);
    pen.setLineDash([]);
  }
}

function drawLabel(pen, text, left, right, top) {
  pen.font = '12px system-ui, sans-serif';
  if (text === 'silence' || pen.measureText(text).width > right - left - 4) return;
  pen.fillStyle = colour('text');
  pen.fillText(text, left + 3, top - 2);
}

/** Joins successive segments with the same answer. */
function spans(segments) {
  const joined = [];
  for (const part of segments) {
    const last = joined[joined.length - 1];
    const text = answer(part);
    const weight = part.end_s - part.start_s;
    if (last && last.text === text) {
      last.end += weight;
      last.sum += weight * (part.confidence ?? 0);
    } else {
      joined.push({ text, start: part.start_s, end: part.end_s, sum: weight * (part.confidence ?? 0) });
    }
  }
  return joined.map((one) => ({ ...one, confidence: one.sum / (one.end - one.start) }));
}

/** The rows of the timeline, each with the words whose middle lies in it. */
function timeline() {
  const rows = lanes.flatMap((lane, channel) => spans(lane.segments).map((one, index, all) => ({
    ...one,
    channel,
    words: lane.words.filter((word) => {
      const middle = (word.start_s + word.end_s) / 2;
      return (index === 0 || middle >= one.start) && (index === all.length - 1 || middle < one.end);
    }).map((word) => word.word).join(' '),
  })));
  return rows.sort((a, b) => a.start - b.start || a.channel - b.channel);
}

function showWords(lane) {
  lane.text.textContent = lane.words.map((word) => word.word).join(' ');
  lane.text.hidden = !lane.words.length;
  lane.text.scrollTop = lane.text.scrollHeight;
}

/** Fills the table: a row for each span, and one with its words below. */
function fillTable() {
  $('rows').replaceChildren(...timeline().flatMap((one) => {
    const row = document.createElement('tr');
    const confidence = one.text === 'silence' ? '' : `${Math.round(100 * one.confidence)} %`;
    for (const text of [`${clock(one.start)} – ${clock(one.end)}`, one.channel + 1, one.text, confidence]) {
      row.insertCell().textContent = text;
    }
    if (!one.words) return [row];
    row.className = 'spoken';
    const below = document.createElement('tr');
    const cell = below.insertCell();
    cell.colSpan = 4;
    cell.textContent = one.words;
    return [row, below];
  }));
}

function showNow(part) {
  $('now').hidden = false;
  const most = sure(part) && part.speech ? likeliest(part) : '';
  lanes[part.channel - 1].now = part.speech ? most || 'not sure' : 'silence';
  $('now-title').textContent = 'Now: ' + (lanes.length === 1
    ? lanes[0].now
    : lanes.map((lane, index) => `channel ${index + 1} ${lane.now ?? '…'}`).join(', '));
  // The bars are those of the channel that has just been scored and is not silent.
  if (!part.speech && lanes.some((lane) => lane.now && lane.now !== 'silence')) return;
  emotions.forEach((name) => {
    const bar = $('bar-' + name);
    const value = part.speech ? part['probability_' + name] : 0;
    bar.classList.toggle('most', name === most);
    bar.querySelector('meter').value = value;
    bar.querySelector('output').textContent = `${Math.round(100 * value)} %`;
  });
}

function showResult(result) {
  if (result.status === 'rejected') {
    say(`The audio was rejected (${result.reason}): ${result.message}`, true);
    return;
  }
  const channels = Math.max(...result.timeline.map((part) => part.channel));
  if (channels !== lanes.length) begin(channels);
  lanes.forEach((lane, index) => {
    lane.segments = result.timeline.filter((part) => part.channel === index + 1);
    lane.words = (result.words ?? []).filter((word) => word.channel === index + 1);
    showWords(lane);
  });
  seconds = result.duration_s;
  saved = result;
  $('json').disabled = $('vtt').disabled = false;
  const whole = answer(result);
  $('summary').textContent = `Whole recording: ${whole}`
    + (whole === 'silence' ? '' : ` (${likeliest(result)} ${Math.round(100 * result.confidence)} %)`)
    + `, ${result.duration_s.toFixed(1)} s, ${result.speech_s.toFixed(1)} s of speech${lanes.length > 1 ? ' in all channels' : ''}`;
  say(result.message ? `Done. Note: ${result.message}` : 'Done.');
  draw();
  fillTable();
}

async function scoreFile(file) {
  say(`Scoring ${file.name} …`);
  const separate = $('separate').checked;
  const bytes = await file.arrayBuffer();
  let audio = null;
  try {
    audio = await new OfflineAudioContext(1, 1, 16000).decodeAudioData(bytes.slice(0));
  } catch {
    // The browser cannot decode it; the service may. There is no waveform then.
  }
  const channels = separate && audio ? audio.numberOfChannels : 1;
  begin(channels);
  if (audio) {
    lanes.forEach((lane, index) => addPeaks(lane, audio.getChannelData(index), audio.sampleRate));
    seconds = audio.duration;
    draw();
  }
  try {
    const peaks = lanes.map((lane) => lane.peaks);
    const query = `name=${encodeURIComponent(file.name.slice(0, 200))}&channels=${separate ? 'each' : 'mix'}`;
    const result = await request('v1/score?' + query, { method: 'POST', body: bytes });
    showResult(result);
    lanes.forEach((lane, index) => { lane.peaks = peaks[index] ?? []; });
    draw();
  } catch (failure) {
    say(failure.message, true);
  }
}

async function startMicrophone() {
  if (!navigator.mediaDevices) {
    say('The browser allows the microphone on https and localhost only.', true);
    return;
  }
  let media;
  try {
    media = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: { ideal: 2 }, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
  } catch (failure) {
    say(`The microphone could not be opened: ${failure.message}`, true);
    return;
  }
  $('file').value = '';
  const separate = $('separate').checked;
  const context = new AudioContext();
  await context.audioWorklet.addModule('recorder.js');
  const recorder = new AudioWorkletNode(context, 'recorder');
  context.createMediaStreamSource(media).connect(recorder);
  live = { media, context, socket: null, channels: 0 };
  $('microphone').textContent = 'Stop the microphone';
  $('microphone').setAttribute('aria-pressed', 'true');
  say('Listening. The first answer comes after one window.');
  recorder.port.onmessage = ({ data }) => heard(data, separate);
}

/** Takes a piece of audio, and opens the stream with the first one, which tells the number of channels. */
function heard(channels, separate) {
  if (!live) return;
  if (!live.socket) {
    live.channels = channels.length;
    begin(separate ? channels.length : 1);
    openSocket(separate);
  }
  lanes.forEach((lane, index) => addPeaks(lane, channels[index], live.context.sampleRate));
  seconds += channels[0].length / live.context.sampleRate;
  const pcm = new DataView(new ArrayBuffer(2 * live.channels * channels[0].length));
  for (let i = 0; i < channels[0].length; i++) {
    for (let channel = 0; channel < live.channels; channel++) {
      const sample = (channels[channel] ?? channels[0])[i];
      pcm.setInt16(2 * (i * live.channels + channel), Math.max(-1, Math.min(1, sample)) * 32767, true);
    }
  }
  if (live.socket.bufferedAmount > MAX_UNSENT_BYTES) {
    say('The connection is too slow; the microphone was stopped.', true);
    stopMicrophone();
  } else if (live.socket.readyState === WebSocket.OPEN) {
    live.socket.send(pcm.buffer);
  } else {
    live.waiting.push(pcm.buffer);
  }
  draw();
}

function openSocket(separate) {
  const url = new URL('v1/stream', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  live.socket = socket;
  live.waiting = [];
  const begun = live;
  socket.onopen = () => {
    socket.send(JSON.stringify({
      type: 'start', encoding: 's16le', sample_rate: begun.context.sampleRate, channels: begun.channels, live: true, separate, token,
    }));
    begun.waiting.forEach((piece) => socket.send(piece));
    if (begun.stopped) socket.send('{"type":"end"}');
  };
  socket.onmessage = ({ data }) => handle(JSON.parse(data));
  socket.onclose = () => {
    if (live && live.socket === socket) {
      say('The connection was closed.', true);
      stopMicrophone();
    }
  };
}

function handle(event) {
  if (event.event === 'window') {
    showNow(event);
  } else if (event.event === 'segment') {
    lanes[event.channel - 1].segments.push(event);
    draw();
    fillTable();
  } else if (event.event === 'words') {
    const lane = lanes[event.channel - 1];
    lane.words.push(...event.words);
    showWords(lane);
    fillTable();
  } else if (event.event === 'words-skipped') {
    say('The service does not keep up; words were skipped.', true);
  } else if (event.event === 'skipped') {
    say('The service does not keep up; a window was skipped.', true);
  } else if (event.event === 'error') {
    $('login').hidden = !event.message.includes('token');
    say(event.message, true);
  } else if (event.event === 'end') {
    const peaks = lanes.map((lane) => lane.peaks);
    showResult(event.result);
    lanes.forEach((lane, index) => { lane.peaks = peaks[index] ?? []; });
    draw();
  }
}

/** Stops to record; the result of the whole follows. */
function stopMicrophone() {
  const { media, context, socket } = live;
  live.stopped = true;
  live = null;
  media.getTracks().forEach((track) => track.stop());
  context.close();
  $('now').hidden = true;
  $('microphone').textContent = 'Start the microphone';
  $('microphone').setAttribute('aria-pressed', 'false');
  if (socket?.readyState === WebSocket.OPEN) socket.send('{"type":"end"}');
}

function save(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function webvtt() {
  const time = (value) => new Date(Math.round(value * 1000)).toISOString().slice(11, 23);
  const plain = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const cues = timeline().filter((one) => one.text !== 'silence' || one.words);
  return 'WEBVTT\n\n' + cues.map((one) => `${time(one.start)} --> ${time(one.end)}\n`
    + `${lanes.length > 1 ? `<v Channel ${one.channel + 1}>` : ''}${one.text}${one.text === 'silence' ? '' : ` ${Math.round(100 * one.confidence)} %`}\n`
    + (one.words && plain(one.words) + '\n')).join('\n');
}

function showEmotions() {
  $('bars').replaceChildren(...emotions.map((name) => {
    const bar = document.createElement('div');
    bar.className = 'bar';
    bar.id = 'bar-' + name;
    bar.style.setProperty('--bar', `var(--${hue(name)})`);
    const label = document.createElement('label');
    label.textContent = name;
    label.htmlFor = 'meter-' + name;
    const meter = document.createElement('meter');
    meter.id = label.htmlFor;
    bar.append(label, meter, document.createElement('output'));
    return bar;
  }));
  $('legend').replaceChildren(...emotions.map((name) => {
    const entry = document.createElement('span');
    const patch = document.createElement('i');
    patch.style.background = `var(--${hue(name)})`;
    entry.append(patch, name);
    return entry;
  }), 'height: confidence; dashed: not sure');
}

showEmotions();
$('file').onchange = () => $('file').files[0] && scoreFile($('file').files[0]);
$('drop').ondragover = (event) => { event.preventDefault(); $('drop').classList.add('over'); };
$('drop').ondragleave = () => $('drop').classList.remove('over');
$('drop').ondrop = (event) => {
  event.preventDefault();
  $('drop').classList.remove('over');
  if (event.dataTransfer.files[0]) scoreFile(event.dataTransfer.files[0]);
};
$('microphone').onclick = () => (live ? stopMicrophone() : startMicrophone());
$('json').onclick = () => save('emotions.json', 'application/json', JSON.stringify(saved, null, 2));
$('vtt').onclick = () => save('emotions.vtt', 'text/vtt', webvtt());
$('login').onsubmit = (event) => {
  event.preventDefault();
  token = $('token').value;
  showModel();
};
addEventListener('resize', draw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
showModel();
