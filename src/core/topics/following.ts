// Short questions that lean on what was just answered: "kalau yang 10 tahun?", "itu berapa lama".

import { isTold } from '../reports/telling.ts';
import { asksSomething, hasThanks, isVillagers, meaningOf } from '../saying.ts';
import { MINUTE } from '../time.ts';
import type { Effect, Meaning, MessageEvent, Reading, Rule, Said, State, Topic, TopicId } from '../types.ts';
import { tellLonger, topicCalled, worthOffering } from './answering.ts';
import { offer } from './choices.ts';
import { severalAsked } from './several.ts';

/** For so long a question in private may lean on an answer that it does not quote. */
const IN_MIND = 10 * MINUTE;
/** Longer messages say themselves what they are about. */
const MOST_WORDS = 8;
/** "brp lama pak": so short a question asks about something that was said. */
const BARE_WORDS = 4;

/** Words that lean on what was said before, in Indonesian, Melayu Jambi, Minang and Kerinci; some only where they begin. */
const LEANS_AT_FIRST =
  /^((ok|oke|oh|o|ooh|pak|bu|min|bang) )*(kalau|kalo|kalu|klau|klo|kl|klu|trus|terus|trs|berarti|brarti|jadi|jdi|jd|lalu|nah|nan|yang|yg|dan|ciek lai|satu lagi)\b/;
const LEANS = /\b(itu|itunyo|tu|tuh|tadi|td|tersebut|tsb|ciek lai|yang lain|yg lain)\b/;
const ASKS_AT_FIRST =
  /^(berapa|brapa|brp|berapo|brapo|barapo|bara|dimana|dimano|dmn|dima|kapan|bila|bilo|gimana|gmana|gmn|bagaimana|bagaimano|cakmano|camano|baa|cara|caro)\b/;
/** "itu bayar dak": a question by its last word. */
const ASKS_AT_LAST =
  /\b(dak|ndak|idak|indak|tidak|tdk|gak|ga|nggak|enggak|kan|blm|belum)( (pak|bu|buk|min|bang|ya|yo))?$/;
/** "kalau anak-anak" asks without asking. */
const SUPPOSES = /^(kalau|kalo|kalu|klau|klo|kl|klu)\b/;
/** Who closes the matter asks nothing more. */
const CLOSES = /\b(ok|oke|okey|okay|baik|siap|sip|mantap|paham|mengerti|ngerti|alhamdulillah)\b/;

/** Who asks for a person is led to one. */
const PERSON =
  /\b(petugas|pegawai|bicara|becakap|ngomong|ngecek|telepon|telpon|tlp|hubungi|hubungkan|sambungkan|manusia|robot)\b/;

/** How much a leaning question is about the last topic, before its own words are looked at; less where only its doubt leans. */
const LEANING = 0.5;
const LEANING_BY_DOUBT = 0.25;
/** What is so many times likelier than all else is surely meant. */
const CLEARLY = 3;

const isAnswer = (said: Said) =>
  said.topic !== undefined && (said.purpose === 'answer' || said.purpose === 'more' || said.purpose === 'pointer');

/** The topic that a message may lean on: of the answer it quotes, or in private of the last one, lately. */
function topicInMind(event: MessageEvent, reading: Reading, state: State): Topic | undefined {
  const said =
    state.quoted ??
    (event.chatKind === 'private'
      ? state.said.find((one) => isAnswer(one) && state.now - one.at <= IN_MIND)
      : undefined);
  return said && isAnswer(said) ? topicCalled(reading, said.topic) : undefined;
}

/** How much the message leans on what was said, 0..1; 0: not at all. */
function leaning(reading: Reading, state: State, meaning: Meaning): number {
  const text = reading.words.join(' ');
  if (text === '' || reading.words.length > MOST_WORDS || hasThanks(reading)) return 0;
  const leans = state.quoted !== undefined || LEANS_AT_FIRST.test(text) || LEANS.test(text);
  if (meaning.kind === 'answer') return leans ? LEANING : meaning.confidence === 'doubtful' ? LEANING_BY_DOUBT : 0;
  if (reading.words.length <= BARE_WORDS && ASKS_AT_FIRST.test(text)) return LEANING;
  const asks = asksSomething(reading) || ASKS_AT_LAST.test(text) || (SUPPOSES.test(text) && !CLOSES.test(text));
  return leans && asks ? LEANING : 0;
}

/** Something stands out that a report is about. A child alone does not: it may be its passport that is asked about. */
function isGrave({ severity, signs, accuses, why }: Meaning): boolean {
  const onlyChild = signs.length === 1 && signs[0] === 'child';
  if (accuses.length > 0 || (signs.length > 0 && !onlyChild)) return true;
  return severity === 'darurat' && !(onlyChild && !why.some((mark) => /^urgent:(?!child$)/.test(mark)));
}

/** May be a question of villagers and nothing graver: what is a report, a wish for a person or a command stays one. */
function mayLean(event: MessageEvent, reading: Reading, meaning: Meaning): boolean {
  if (reading.command || event.attachments.some(isTold)) return false;
  if (isGrave(meaning)) return false;
  return meaning.kind !== 'report' && meaning.kind !== 'warn' && !PERSON.test(reading.words.join(' '));
}

/** The topics with the last one in mind, likeliest first. */
function withInMind(topics: Meaning['topics'], last: TopicId, weight: number): Meaning['topics'] {
  const own = topics.some(({ topic }) => topic === last) ? topics : [...topics, { topic: last, probability: 0 }];
  return own
    .map(({ topic, probability }) => ({
      topic,
      probability: (1 - weight) * probability + (topic === last ? weight : 0),
    }))
    .sort((a, b) => b.probability - a.probability);
}

/** A question that leans on an answer: its topic's longer text, once; what else it may mean is offered. */
export const followUp: Rule = (event, reading, state) => {
  if (event.kind !== 'message' || !isVillagers(state)) return undefined;
  const last = topicInMind(event, reading, state);
  const meaning = meaningOf(event, reading, state);
  if (!last || !mayLean(event, reading, meaning)) return undefined;
  const weight = leaning(reading, state, meaning);
  if (weight === 0 || severalAsked(event, reading, state).length > 1) return undefined;
  // What surely asks about something else is answered for what it asks.
  const isSure = meaning.kind === 'answer' && meaning.confidence === 'sure';
  if (isSure && meaning.topics[0]?.topic !== last.id) return undefined;
  const topics = isSure ? meaning.topics : withInMind(meaning.topics, last.id, weight);
  const [best, next] = topics;
  const same = best?.topic === last.id && (isSure || best.probability >= CLEARLY * (next?.probability ?? 0));
  return same
    ? longerOnce(event, reading, state, last, topics)
    : offer(event, reading, state, worthOffering(reading, topics));
};

/** The longer text where it was not told lately; then what else may be meant, or a person. */
function longerOnce(
  event: MessageEvent,
  reading: Reading,
  state: State,
  topic: Topic,
  topics: Meaning['topics'],
): Effect[] {
  const isTwice = state.said.some((said) => said.purpose === 'more' && said.topic === topic.id);
  if (!isTwice) return [tellLonger(event, topic)];
  return offer(
    event,
    reading,
    state,
    worthOffering(reading, topics).filter((other) => other.id !== topic.id),
  );
}
