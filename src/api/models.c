/* SPDX-License-Identifier: Apache-2.0 */
/* api/models.c: finds and maps the trained models and the compiled lexicon; shared read-only by all coders. Versions, limits. */
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#else
#include <link.h>
#endif

#include "api/api.h"

#ifndef DG_INSTALLED_DATA
#define DG_INSTALLED_DATA "/usr/local/share/dragoman"
#endif

/* The folder of lexicon/ whose words go with the models. */
#define LANGUAGE "en"

size_t dg_shown(dg_str s, size_t *bad)
{
    return dgi_utf8_shown(s, bad);
}

dg_str dg_unclosed(dg_str s)
{
    return dgi_unclosed(s);
}

const char *dg_version(void)
{
    return DG_VERSION;
}

void dg_version_info(dg_versions *out, const dg_model *m)
{
    dg_versions v = {sizeof v, DG_VERSION, DGI_SCHEMA, 0, 0, 0, NULL, DGI_STORE_SCHEMA};
    if (m) {
        v.models = dgi_segmenter_sum(m->segmenter) * 0x9E3779B97F4A7C15u + dgi_lang_model_sum(m->lang);
        v.lexicon = dgi_lexicon_sum(m->lexicon);
        v.coder = dgi_coder_sum(m);
        v.tier = m->tier;
    }
    dgi_answer(out, &v, sizeof v);
}

/* What codes: another model or lexicon, another number. */
uint64_t dgi_coder_sum(const dg_model *m)
{
    uint64_t h = dgi_lexicon_sum(m->lexicon);
    h = h * 0x9E3779B97F4A7C15u + dgi_segmenter_sum(m->segmenter);
    h = h * 0x9E3779B97F4A7C15u + dgi_lang_model_sum(m->lang);
    return h ? h : 1;
}

void dg_limit_info(dg_limits *out)
{
    const dg_limits l = {sizeof l,   DGI_DOCUMENT_MAX,   DGI_CONLLU_MAX,
                         DGI_MAX_ID, DGI_LANG_MAX_WORDS, DGI_CODE_MAX_WORDS};
    dgi_answer(out, &l, sizeof l);
}

void dg_text_free(dg_text *text)
{
    if (text) {
        free(text->ptr);
        *text = (dg_text){NULL, 0};
    }
}

dg_status dgi_text_give(dg_text *out, struct dgi_buf *buf, dg_error *err)
{
    dgi_buf_add(buf, DGI_S(""));
    if (buf->failed || !buf->ptr) {
        dgi_buf_free(buf);
        *out = (dg_text){NULL, 0};
        return dgi_fail(err, DG_E_NOMEM, "no memory for the text to be written");
    }
    *out = (dg_text){buf->ptr, buf->len};
    return DG_OK;
}

static bool has_lexicon(const char *dir)
{
    char path[PATH_MAX];
    return snprintf(path, sizeof path, "%s/world.lex", dir) < (int)sizeof path && access(path, R_OK) == 0;
}

/* The first folder among `from`/steps[..] that has the lexicon; written to buf. NULL: none. */
static const char *first_of(const char *from, const char *const *steps, size_t n, char *buf, size_t size)
{
    for (size_t i = 0; i < n; i++)
        if (snprintf(buf, size, "%s%s", from, steps[i]) < (int)size && has_lexicon(buf))
            return buf;
    return NULL;
}

#ifdef __APPLE__ /* from the manual pages of dyld; never run (docs/platforms.md) */
static bool program_folder(char out[PATH_MAX])
{
    char path[PATH_MAX];
    uint32_t size = sizeof path;
    if (_NSGetExecutablePath(path, &size) || !realpath(path, out))
        return false;
    *strrchr(out, '/') = 0;
    return true;
}

/* The folder of the shared library that this code is part of; false: it is part of the program itself. */
static bool library_folder(char out[PATH_MAX])
{
    Dl_info info;
    char path[PATH_MAX], program[PATH_MAX];
    uint32_t size = sizeof path;
    if (!dladdr((const void *)(uintptr_t)dg_version, &info) || !info.dli_fname || !realpath(info.dli_fname, out))
        return false;
    if (!_NSGetExecutablePath(path, &size) && realpath(path, program) && !strcmp(program, out))
        return false;
    *strrchr(out, '/') = 0;
    return true;
}
#else
/* The folder of the shared library that this code is part of; false: it is part of the program itself. */
static bool library_folder(char out[PATH_MAX])
{
    Dl_info info;
    struct link_map *map = NULL;
    if (!dladdr1((const void *)(uintptr_t)dg_version, &info, (void **)&map, RTLD_DL_LINKMAP) || !map || !map->l_name ||
        !strchr(map->l_name, '/') || !realpath(map->l_name, out))
        return false;
    *strrchr(out, '/') = 0;
    return true;
}

static bool program_folder(char out[PATH_MAX])
{
    ssize_t n = readlink("/proc/self/exe", out, PATH_MAX - 1);
    if (n <= 0)
        return false;
    out[n] = 0;
    char *slash = strrchr(out, '/');
    if (slash)
        *slash = 0;
    return true;
}
#endif

/* Where the data lies: see dg_model_options.data_dir. Writes to buf; what it returns need not exist. */
static const char *data_dir(const char *wanted, char *buf, size_t size)
{
    static const char *const from_library[] = {"/share/dragoman", "/../share/dragoman", "/../../share/dragoman", "",
                                               "/.."};
    static const char *const from_program[] = {"/../share/dragoman", "", "/..", "/../.."};
    char folder[PATH_MAX];
    const char *env = getenv("DRAGOMAN_DATA"), *found = NULL;
    if (wanted)
        return wanted;
    if (env && *env)
        return env;
    if (library_folder(folder))
        found = first_of(folder, from_library, sizeof from_library / sizeof *from_library, buf, size);
    if (!found && program_folder(folder))
        found = first_of(folder, from_program, sizeof from_program / sizeof *from_program, buf, size);
    return found ? found : DG_INSTALLED_DATA;
}

/* The network of the tier that is wanted; m->tier: its name. */
static dg_status open_network(dg_model *m, const char *dir, const dg_model_options *o, dg_error *err)
{
    static const char *const names[] = {"fast", "accurate"}, *const files[] = {"parser.dgm", "accurate.dgm"};
    const char *env = getenv("DRAGOMAN_TIER");
    uint32_t i = 0;
    if (o->tier > DG_TIER_ACCURATE)
        return dgi_fail(err, DG_E_ARG, "there is no tier %u", o->tier);
    if (o->tier != DG_TIER_AUTO)
        i = o->tier - DG_TIER_FAST;
    else
        while (env && *env && strcmp(env, names[i]))
            if (++i == 2)
                return dgi_fail(err, DG_E_ARG, "DRAGOMAN_TIER is '%.40s'; it may be fast or accurate", env);
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/%s", dir, files[i]);
    if (i && access(path, F_OK) != 0)
        return dgi_fail(
            err, DG_E_MODEL,
            "%s: no such file; the accurate tier's model is a file of its own: 'make accurate' says where it is or how it is made",
            path);
    struct dgi_lang_options lo = DGI_LANG_OPTIONS_INIT;
    lo.kernel = o->kernel;
    m->tier = names[i];
    dg_status st = dgi_lang_model_open(&m->lang, path, &lo, err);
    if (st != DG_OK || !i)
        return st;
    struct dgi_lang_model *fast; /* the accurate tier is both networks (docs/stages/encoder.md) */
    snprintf(path, sizeof path, "%s/%s", dir, files[0]);
    st = dgi_lang_model_open(&fast, path, &lo, err);
    return st == DG_OK ? dgi_lang_model_beside(m->lang, fast, err) : st;
}

static dg_status open_parts(dg_model *m, const char *dir, const dg_model_options *o, dg_error *err)
{
    char path[PATH_MAX + 16];
    dg_status st;
    if (strlen(dir) >= PATH_MAX)
        return dgi_fail(err, DG_E_ARG, "the data folder's name is too long");
    if ((st = dgi_lexicon_open(&m->lexicon, dir, LANGUAGE, err)) != DG_OK)
        return st;
    for (const char *const *own = o->lexicon; own && *own; own++)
        if ((st = dgi_lexicon_overlay(m->lexicon, *own, dgi_lexicon_own_check, err)) != DG_OK)
            return st;
    if (!(m->dir = strdup(dir)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for a model");
    if ((st = dgi_words_open(&m->words, m->lexicon, err)) != DG_OK)
        return st;
    snprintf(path, sizeof path, "%s/segment.dgm", dir);
    if ((st = dgi_segmenter_open(&m->segmenter, path, m->lexicon, err)) != DG_OK)
        return st;
    if ((st = open_network(m, dir, o, err)) != DG_OK || (st = dgi_layout_new(&m->layout, m->lexicon, err)) != DG_OK ||
        (st = dgi_actors_open(&m->actors, m->lexicon, m->words, err)) != DG_OK ||
        (st = dgi_quote_open(&m->quotes, m->lexicon, err)) != DG_OK)
        return st;
    if ((st = dgi_sit_rules_new(&m->rules, m->lexicon, err)) != DG_OK)
        return st;
    if ((st = dgi_coder_tables_open(&m->frames, m->lexicon, err)) != DG_OK)
        return st;
    return dgi_lexicon_own_frames(m->lexicon, m->frames, err);
}

dg_status dg_model_open(dg_model **out, const dg_model_options *options, dg_error *err)
{
    char buf[PATH_MAX];
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    *out = NULL;
    dgi_options(&o, sizeof o, options);
    dg_model *m = calloc(1, sizeof *m);
    if (!m)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a model");
    dg_status st = open_parts(m, data_dir(o.data_dir, buf, sizeof buf), &o, err);
    if (st == DG_OK && o.copy &&
        !(dgi_lexicon_keep(m->lexicon) && dgi_segmenter_keep(m->segmenter) && dgi_lang_model_keep(m->lang)))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a copy of the models");
    if (st != DG_OK) {
        dg_model_close(m);
        return st;
    }
    dgi_codes_init(&m->codes, m->lexicon);
    snprintf(m->kernel, sizeof m->kernel, "%s", dgi_lang_model_kernel(m->lang));
    snprintf(m->lexicon_text, sizeof m->lexicon_text, "%u frames, %u triggers", dgi_coder_n_frames(m->frames),
             dgi_coder_n_triggers(m->frames));
    *out = m;
    return DG_OK;
}

void dg_model_close(dg_model *m)
{
    if (!m)
        return;
    dgi_coder_tables_close(m->frames);
    dgi_sit_rules_free(m->rules);
    dgi_quote_close(m->quotes);
    dgi_actors_close(m->actors);
    dgi_layout_free(m->layout);
    dgi_lang_model_close(m->lang);
    dgi_segmenter_close(m->segmenter);
    dgi_words_close(m->words);
    dgi_lexicon_close(m->lexicon);
    free(m->dir);
    free(m);
}

dg_str dg_model_card(const dg_model *m)
{
    return dgi_lang_model_card(m->lang);
}

const char *dg_model_kernel(const dg_model *m)
{
    return m->kernel;
}

dg_str dg_model_lexicon(const dg_model *m)
{
    return dgi_str(m->lexicon_text);
}
