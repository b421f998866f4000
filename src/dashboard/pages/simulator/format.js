// WhatsApp's formatting: reads it into plain data, and builds nodes from that. Text stays text; no HTML is ever made of it.

import { element } from './element.js';

const MARKS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };
const WORD = /[\p{L}\p{N}]/u;
const LINK = /https?:\/\/[^\s<>"]+/y;

/**
 * Lines of a text: `{ quote, bullet, spans }`, where a span is `{ text }`, `{ link }` or `{ mark, spans }`.
 * @param {string} text
 */
export function readFormat(text) {
  return text.split('\n').map((line) => {
    const quote = /^> ?/.exec(line);
    const rest = quote ? line.slice(quote[0].length) : line;
    const bullet = /^[-*] (?=\S)/.exec(rest);
    return { quote: quote !== null, bullet: bullet !== null, spans: readSpans(bullet ? rest.slice(2) : rest) };
  });
}

function readSpans(text) {
  const spans = [];
  let plain = '';
  const endPlain = () => {
    if (plain) spans.push({ text: plain });
    plain = '';
  };
  // A mark that closes nowhere further on closes nowhere at all from here: this keeps long texts quick.
  const hopeless = new Set();
  for (let at = 0; at < text.length; ) {
    LINK.lastIndex = at;
    const link = text[at] === 'h' && LINK.exec(text)?.[0].replace(/[.,;:!?)*_~]+$/, '');
    if (link) {
      endPlain();
      spans.push({ link });
      at += link.length;
      continue;
    }
    const mark = text[at];
    const end = mark in MARKS && !hopeless.has(mark) && opens(text, at) ? closing(text, at) : -1;
    if (end > 0) {
      endPlain();
      const inner = text.slice(at + 1, end);
      spans.push({ mark: MARKS[mark], spans: mark === '`' ? [{ text: inner }] : readSpans(inner) });
      at = end + 1;
      continue;
    }
    if (mark in MARKS && opens(text, at)) hopeless.add(mark);
    plain += mark;
    at += 1;
  }
  endPlain();
  return spans;
}

const opens = (text, at) => {
  const next = text[at + 1];
  return next !== undefined && next !== text[at] && !/\s/.test(next) && !WORD.test(text[at - 1] ?? ' ');
};

const closing = (text, at) => {
  for (let end = text.indexOf(text[at], at + 2); end > 0; end = text.indexOf(text[at], end + 1)) {
    if (!/\s/.test(text[end - 1]) && !WORD.test(text[end + 1] ?? ' ')) return end;
  }
  return -1;
};

/** Nodes for a text: quoted lines in block quotes, line breaks kept. */
export function formatted(text) {
  const nodes = [];
  let quote;
  for (const line of readFormat(text)) {
    const content = line.spans.map(node);
    if (line.bullet) content.unshift('• ');
    const made = element('div', { class: line.bullet ? 'bullet' : 'row' }, ...content);
    if (content.length === 0) made.append(element('br'));
    if (!line.quote) {
      quote = undefined;
      nodes.push(made);
    } else if (quote) quote.append(made);
    else {
      quote = element('blockquote', {}, made);
      nodes.push(quote);
    }
  }
  return nodes;
}

function node(span) {
  if (span.link) return element('a', { href: span.link, target: '_blank', rel: 'noopener noreferrer' }, span.link);
  if (span.mark) return element(span.mark, {}, ...span.spans.map(node));
  return span.text;
}

/** A text without its marks, on one line. */
export const plain = (text) =>
  readFormat(text)
    .map(({ spans }) => spans.map(words).join(''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

const words = (span) => span.text ?? span.link ?? span.spans.map(words).join('');
