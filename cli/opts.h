/* SPDX-License-Identifier: Apache-2.0 */
/* cli/opts.h: option rows that several commands have. */
#ifndef CLI_OPTS_H
#define CLI_OPTS_H

/* clang-format off */
#define OPT_DATE {"date", 'd', "DAY", "publication day (YYYY-MM-DD); goes before what the document says"}
#define OPT_INPUT {"input", 'i', "KIND", "auto (by content), text, html, jsonl, json, feed, csv, warc, export or conllu"}
#define OPT_THREADS {"threads", 'j', "N", "threads (1 to 64, default 1); the output is the same for any number"}
#define OPT_AHEAD {"ahead", 0, "N", "with threads: bytes of records read before they can be written, default 4194304 or more"}
#define OPT_MAX {"max-bytes", 0, "N", "largest document, default 8388608; a larger one is refused, the rest done"}
#define OPT_MAP {"map", 0, "LIST", "what columns or members are called: text=body,date=pub,title=...; the usual names are known"}
#define OPT_DEEP {"recursive", 'r', NULL, "read the files below folders, in the order of their names"}
#define OPT_LIMIT {"limit", 0, "N", "stop after N documents"}
#define OPT_SAMPLE {"sample", 0, "N", "only N records, drawn at random; each has the same chance"}
#define OPT_SEED {"seed", 0, "S", "another number draws another sample (default 0)"}
#define OPT_SINCE {"since", 0, "DAY", "only documents published on that day or later; those without a day are left out"}
#define OPT_ONCE {"once", 0, NULL, "a text that was read before, but for a few words, is a copy: told with its outlet, not coded again"}
#define OPT_UNKNOWN {"unknown", 0, "FILE", "write into FILE who acted or spoke and is in no table, the most frequent first: TSV, or JSON Lines (.jsonl)"}
#define OPT_STATS {"stats", 0, NULL, "at the end: what was read, refused and why, words, and how fast"}
/* every command that reads news, in this order */
#define OPTS_IN OPT_INPUT, OPT_MAP, OPT_DEEP, OPT_LIMIT, OPT_SAMPLE, OPT_SEED, OPT_SINCE, OPT_ONCE, OPT_STATS
#define OPTS_TEXTS OPT_PLAIN, OPT_STRICT, OPT_THREADS, OPT_AHEAD, OPT_MAX
#define OPT_LEXICON {"lexicon", 0, "DIR", "rows of your own over the built-in tables; also DRAGOMAN_LEXICON, and ~/.config/dragoman/lexicon"}
#define OPT_DATA OPT_LEXICON, {"data", 0, "DIR", "folder with world.lex, en.lex, segment.dgm and parser.dgm or accurate.dgm"}
#define OPT_TIER {"tier", 0, "NAME", "fast (default) or accurate: a second network reads along, better and some 7 times slower"}
/* every command that codes takes both */
#define OPT_KERNEL OPT_TIER, {"kernel", 0, "NAME", "auto, scalar, avx2, avxvnni, avx512, neon or dotprod: same output, other speed"}
#define OPT_COLOR {"color", 0, "WHEN", "auto, always or never; NO_COLOR is respected"}
#define OPT_PLAIN {"plain", 0, NULL, "every paragraph is running text: look for no captions, bylines, related lines"}
#define OPT_DB {"db", 0, "FILE", "the store: one SQLite file, or postgresql://HOST/DATABASE"}
#define OPT_WAIT {"wait", 0, "SECONDS", "how long to wait for another process that is writing (default 60)"}
#define OPT_AS_OF {"as-of", 0, "DAY", "as things stood on that day (default: the last day the store knows)"}
#define OPT_KNOWN {"known-on", 0, "DAY", "only what had been reported by that day"}
#define OPT_FROM {"from", 0, "DAY", "from that day on"}
#define OPT_TO {"to", 0, "DAY", "up to that day"}
#define OPT_ACTOR {"actor", 'a', "ID", "an actor id (org:NATO) or a country (RUS: everybody of it)"}
#define OPT_BETWEEN {"between", 'b', "A,B", "only what is between these two"}
#define OPT_CODE {"code", 'c', "CODE", "a CAMEO prefix (19) or a PLOVER type (ASSAULT)"}
#define OPT_STATUS {"status", 's', "NAME", "actual, historical, future or hypothetical"}
#define OPT_PLACE {"place", 'p', "NAME", "only what happened there"}
#define OPT_SURE {"min-confidence", 0, "SHARE", "only events of at least this confidence (0 to 1)"}
#define OPT_ACTS {"acts", 0, NULL, "what several documents tell of one act once, as the first of them has it"}
#define OPT_FOLD {"fold", 0, NULL, "what a document tells twice, as in headline and lead, once"}
#define OPT_STRICT {"strict", 0, NULL, "exit status 1 when a text is in another language and was not coded"}
#define OPT_END {NULL, 0, NULL, NULL}
/* clang-format on */

#endif
