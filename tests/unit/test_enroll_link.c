#include "enroll/link.h"

#include "enroll/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct pair {
    const char *from;
    const char *to; // NULL: refused
};

static const struct pair urls[] = {
    {"https://р55.навигатор.дети/program/1041-robototekhnika",
     "https://xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b/program/1041-robototekhnika"},
    {"https://Р55.НАВИГАТОР.ДЕТИ", "https://xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b"},
    {"HTTPS://XN--55-KMC.xn--80aafey1amqq.xn--d1acj3b/",
     "https://xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b/"},
    {"https://34.pfdo.ru/app/public/program/77", "https://34.pfdo.ru/app/public/program/77"},
    {"https://кружки.example/кружок 1?q=ё#я",
     "https://xn--f1aeeb2as.example/%D0%BA%D1%80%D1%83%D0%B6%D0%BE%D0%BA%201?q=%D1%91#%D1%8F"},
    {"https://a.example/100%/%d0%b1", "https://a.example/100%25/%d0%b1"},
    {"https://a.example:443/x", "https://a.example/x"},
    {"https://a.example:8443/x", "https://a.example:8443/x"},
    {"http://127.0.0.1:8055/k/K7", "http://127.0.0.1:8055/k/K7"},
    {"http://[::1]:80/", "http://[::1]/"},
    {"ftp://a.example/", NULL},
    {"//a.example/", NULL},
    {"a.example", NULL},
    {"https://", NULL},
    {"https:///path", NULL},
    {"https://a.example:0/", NULL},
    {"https://a.example:65536/", NULL},
    {"https://a.example:/", NULL},
    {"https://a.example:80:80/", NULL},
    {"https://user@a.example/", NULL},
    {"https://good.example:pw@a.example/", NULL},
    {"https://good.example\\@a.example/", NULL},
    {"https://a..example/", NULL},
    {"https://-a.example/", NULL},
    {"https://a b.example/", NULL},
    {"https://a.example/\n", NULL},
    {"https://a.example/\xD0", NULL},
    {"https://ａ.example/", NULL},
    {"https://xn--abc-.example/", NULL},
    {"https://[::1/", NULL},
    {"javascript:alert(1)", NULL},
    {"", NULL},
};

static void writes_ascii(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        char url[LINK_BYTES] = "untouched";
        bool ok = link_to_ascii(urls[i].from, url);
        assert_string_equal(url, ok && urls[i].to ? urls[i].to : "untouched");
        assert_int_equal(ok, urls[i].to != NULL);
        char again[LINK_BYTES];
        if (ok) {
            assert_true(link_to_ascii(url, again));
            assert_string_equal(again, url);
        }
    }
}

static void decomposed_letters_are_the_same_host(void **state)
{
    (void)state;
    char whole[LINK_BYTES];
    char parts[LINK_BYTES];
    assert_true(link_to_ascii("https://йёж.example", whole));
    assert_true(link_to_ascii("https://и\u0306е\u0308ж.example", parts));
    assert_string_equal(whole, parts);
}

static void refuses_what_does_not_fit(void **state)
{
    (void)state;
    char url[LINK_BYTES * 4];
    char out[LINK_BYTES];
    snprintf(url, sizeof url, "https://a.example/%0*d", LINK_BYTES - 19, 7);
    assert_int_equal(strlen(url), LINK_BYTES - 1);
    assert_true(link_to_ascii(url, out));
    snprintf(url, sizeof url, "https://a.example/%0*d", LINK_BYTES - 18, 7);
    assert_false(link_to_ascii(url, out));
    snprintf(url, sizeof url, "https://%063d.example/", 7);
    assert_true(link_to_ascii(url, out));
    snprintf(url, sizeof url, "https://%064d.example/", 7);
    assert_false(link_to_ascii(url, out));
}

static void shows_hosts_in_unicode(void **state)
{
    (void)state;
    static const struct pair hosts[] = {
        {"https://xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b/program/1", "р55.навигатор.дети"},
        {"https://Р55.навигатор.дети", "р55.навигатор.дети"},
        {"https://a.example:443/", "a.example"},
        {"http://127.0.0.1:8055/k/K7", "127.0.0.1:8055"},
        {"http://[::1]:8055/", "[::1]:8055"},
        {"mailto:a@b", NULL},
    };
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        char host[LINK_HOST_BYTES] = "untouched";
        assert_int_equal(link_host_unicode(hosts[i].from, host), hosts[i].to != NULL);
        assert_string_equal(host, hosts[i].to ? hosts[i].to : "untouched");
    }
}

static void only_listed_hosts_are_allowed(void **state)
{
    (void)state;
    static const char *const hosts[] = {"р55.навигатор.дети", "xn--f1aeeb2as.example", "127.0.0.1",
                                        "a.example:8443", "b.example:443"};
    static const struct {
        const char *url;
        bool allowed;
    } cases[] = {
        {"https://р55.навигатор.дети/program/1", true},
        {"https://xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b/program/1", true},
        {"https://кружки.example/", true},
        {"https://кружки.example:444/", true},
        {"http://127.0.0.1:8055/k/1", true},
        {"https://a.example:8443/", true},
        {"https://b.example/", true},
        {"https://a.example/", false},
        {"https://p55.навигатор.дети/program/1", false},
        {"http://р55.навигатор.дети/program/1", false},
        {"https://x.р55.навигатор.дети/", false},
        {"https://р55.навигатор.дети.evil.example/", false},
        {"https://р55.навигатор.дети@evil.example/", false},
        {"http://127.0.0.1.evil.example/", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(link_allowed(cases[i].url, hosts, sizeof hosts / sizeof *hosts),
                         cases[i].allowed);
    assert_false(link_allowed("https://a.example/", NULL, 0));
}

static void safe_is_https_or_loopback(void **state)
{
    (void)state;
    assert_true(link_safe("https://a.example"));
    assert_true(link_safe("http://localhost:8055"));
    assert_true(link_safe("http://[::1]/"));
    assert_true(link_safe("http://127.0.0.1"));
    assert_false(link_safe("http://127.evil.example"));
    assert_false(link_safe("http://a.example"));
    assert_false(link_safe("https:/a.example"));
}

static void hosts_go_both_ways(void **state)
{
    (void)state;
    char text[LINK_HOST_BYTES];
    assert_true(punycode_host_to_ascii("р01.навигатор.дети", text, sizeof text));
    assert_string_equal(text, "xn--01-kmc.xn--80aafey1amqq.xn--d1acj3b");
    assert_true(punycode_host_to_unicode(text, text, sizeof text));
    assert_string_equal(text, "р01.навигатор.дети");
    assert_false(punycode_host_to_ascii("навигатор", text, 10));
    assert_false(punycode_host_to_ascii("a.", text, sizeof text));
    assert_false(punycode_host_to_unicode("xn--.example", text, sizeof text));
    assert_false(punycode_host_to_unicode("xn--ihqwcrb4cv8a8dqg056pqjye", text, sizeof text));
}

static void a_link_becomes_a_code(void **state)
{
    (void)state;
    char url[LINK_BYTES];
    struct qr qr = {.size = 1};
    assert_false(qr_encode("https://р55.навигатор.дети", &qr));
    assert_false(qr_encode("", &qr));
    assert_int_equal(qr.size, 1);
    assert_true(link_to_ascii("https://р55.навигатор.дети/program/1041", url));
    assert_true(qr_encode(url, &qr));
    assert_int_equal((qr.size - 17) % 4, 0);
    for (unsigned i = 0; i < 7; i++) {
        assert_true(qr_dark(&qr, i, 0));
        assert_true(qr_dark(&qr, 0, qr.size - 1 - i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_ascii),
        cmocka_unit_test(decomposed_letters_are_the_same_host),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(shows_hosts_in_unicode),
        cmocka_unit_test(only_listed_hosts_are_allowed),
        cmocka_unit_test(safe_is_https_or_loopback),
        cmocka_unit_test(hosts_go_both_ways),
        cmocka_unit_test(a_link_becomes_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
