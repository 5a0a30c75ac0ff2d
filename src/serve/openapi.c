/* SPDX-License-Identifier: Apache-2.0 */
/* serve/openapi.c: the description of the interface, written from the table of routes (OpenAPI 3.1). docs/openapi.json is its text. */
#include "serve/answers.h"

static void text_type(struct dgi_json *j, const char *type)
{
    dgi_json_kstr(j, "type", dgi_str(type));
}

static void words(struct dgi_json *j, const char *list)
{
    dg_str rest = dgi_str(list), one;
    text_type(j, "string");
    dgi_json_key(j, "enum");
    dgi_json_open(j, '[');
    while (rest.ptr && dgi_str_next(&rest, ' ', &one))
        dgi_json_str(j, one);
    dgi_json_close(j, ']');
}

static void schema(struct dgi_json *j, const struct param *p)
{
    dgi_json_key(j, "schema");
    dgi_json_open(j, '{');
    switch (p->type) {
    case P_DAY: text_type(j, "string"), dgi_json_kstr(j, "format", DGI_S("date")); break;
    case P_COUNT:
        text_type(j, "integer");
        dgi_json_kint(j, "minimum", p->low);
        dgi_json_kint(j, "maximum", p->high);
        break;
    case P_SHARE:
        text_type(j, "number");
        dgi_json_kint(j, "minimum", 0);
        dgi_json_kint(j, "maximum", 1);
        break;
    case P_FLAG: text_type(j, "boolean"); break;
    case P_WORD: words(j, p->words); break;
    default: text_type(j, "string"), dgi_json_kint(j, "minLength", 1); break;
    }
    dgi_json_close(j, '}');
}

static void parameters(struct dgi_json *j, const struct route *r)
{
    const char *brace = strchr(r->path, '{');
    dgi_json_key(j, "parameters");
    dgi_json_open(j, '[');
    if (brace) {
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "name", dgi_strn(brace + 1, strlen(brace) - 2));
        dgi_json_kstr(j, "in", DGI_S("path"));
        dgi_json_kbool(j, "required", true);
        dgi_json_key(j, "schema");
        dgi_json_open(j, '{');
        text_type(j, "string");
        dgi_json_close(j, '}');
        dgi_json_close(j, '}');
    }
    for (int i = 0; r->params[i]; i++) {
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "name", dgi_str(r->params[i]->name));
        dgi_json_kstr(j, "in", DGI_S("query"));
        dgi_json_kbool(j, "required", !strcmp(r->params[i]->name, "q"));
        dgi_json_kstr(j, "description", dgi_str(r->params[i]->help));
        schema(j, r->params[i]);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

static void body(struct dgi_json *j)
{
    static const char *const types[] = {"text/plain", "text/html", "application/json"};
    dgi_json_key(j, "requestBody");
    dgi_json_open(j, '{');
    dgi_json_kbool(j, "required", true);
    dgi_json_key(j, "content");
    dgi_json_open(j, '{');
    for (int i = 0; i < 3; i++) {
        dgi_json_key(j, types[i]);
        dgi_json_open(j, '{');
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, '}');
    dgi_json_close(j, '}');
}

static void response(struct dgi_json *j, const char *code, const char *says, const char *type)
{
    dg_str plain = dgi_str(type);
    size_t cut = dgi_str_find(plain, DGI_S(";"));
    char name[64] = "";
    dgi_json_key(j, code);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "description", dgi_str(says));
    dgi_json_key(j, "content");
    dgi_json_open(j, '{');
    memcpy(name, type, cut == SIZE_MAX ? plain.len : cut);
    dgi_json_key(j, name);
    dgi_json_open(j, '{');
    dgi_json_close(j, '}');
    dgi_json_close(j, '}');
    dgi_json_close(j, '}');
}

static void operation(struct dgi_json *j, const struct route *r)
{
    char method[8] = "";
    for (int i = 0; r->method[i] && i < 7; i++)
        method[i] = (char)(r->method[i] | 0x20);
    dgi_json_key(j, method);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "operationId", dgi_str(r->id));
    dgi_json_kstr(j, "summary", dgi_str(r->summary));
    parameters(j, r);
    if (!strcmp(r->method, "POST"))
        body(j);
    dgi_json_key(j, "responses");
    dgi_json_open(j, '{');
    response(j, "200", r->answer, r->type);
    response(j, "default", "a problem (RFC 9457): detail says what would have been right", "application/problem+json");
    dgi_json_close(j, '}');
    if (r->flags & R_OPEN) {
        dgi_json_key(j, "security");
        dgi_json_open(j, '[');
        dgi_json_close(j, ']');
    }
    dgi_json_close(j, '}');
}

static bool is_first(uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (!strcmp(dgs_routes[k].path, dgs_routes[i].path))
            return false;
    return true;
}

static void paths(struct dgi_json *j)
{
    dgi_json_key(j, "paths");
    dgi_json_open(j, '{');
    for (uint32_t i = 0; i < dgs_n_routes; i++) {
        if (!is_first(i))
            continue;
        dgi_json_key(j, dgs_routes[i].path);
        dgi_json_open(j, '{');
        for (uint32_t k = i; k < dgs_n_routes; k++)
            if (!strcmp(dgs_routes[k].path, dgs_routes[i].path))
                operation(j, &dgs_routes[k]);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, '}');
}

dg_status dgs_openapi(dg_text *out, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_json j;
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "openapi", DGI_S("3.1.0"));
    dgi_json_key(&j, "info");
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "title", DGI_S("Dragoman"));
    dgi_json_kstr(&j, "version", dgi_str(dg_version()));
    dgi_json_kstr(
        &j, "description",
        DGI_S("A store of coded news: events, statements, and where every matter stands. docs/serve.md says more."));
    dgi_json_close(&j, '}');
    paths(&j);
    dgi_json_key(&j, "components");
    dgi_json_open(&j, '{');
    dgi_json_key(&j, "securitySchemes");
    dgi_json_open(&j, '{');
    dgi_json_key(&j, "token");
    dgi_json_open(&j, '{');
    text_type(&j, "http");
    dgi_json_kstr(&j, "scheme", DGI_S("bearer"));
    dgi_json_close(&j, '}');
    dgi_json_close(&j, '}');
    dgi_json_close(&j, '}');
    dgi_json_key(&j, "security");
    dgi_json_open(&j, '[');
    dgi_json_open(&j, '{');
    dgi_json_close(&j, '}');
    dgi_json_open(&j, '{');
    dgi_json_key(&j, "token");
    dgi_json_open(&j, '[');
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
    return dgs_give(out, &buf, err);
}
