#include "base/file.h"
#include "base/text.h"
#include "config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_BYTES = 512 };

static char folder[PATH_BYTES];

static int make_folder(void **state)
{
    (void)state;
    const char *root = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/config-XXXXXX", root != NULL ? root : "/tmp");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[PATH_BYTES + 16];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command); // NOLINT(cert-env33-c)
}

static const char *write_file(const char *name, const char *json)
{
    static char path[PATH_BYTES * 2];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(file_write_atomic(path, json, strlen(json), 0644));
    return path;
}

static void defaults_stand_without_a_file(void **state)
{
    (void)state;
    struct config config;
    char error[CONFIG_ERROR_BYTES];
    assert_true(config_load(NULL, &config, error));
    assert_string_equal(config.timezone, "Europe/Moscow");
    assert_string_equal(config.data_dir, "/var/lib/navigator-kiosk");
    assert_int_equal(config.poll_s, 300);
    assert_string_equal(config.number_format, "99 99 999999");
    assert_int_equal(config.language_count, 1);
}

static void a_whole_file_is_read(void **state)
{
    (void)state;
    struct config config;
    char error[CONFIG_ERROR_BYTES] = "";
    const char *path = write_file(
        "whole.json",
        "{\"region\":\"omsk\",\"place\":{\"organization\":\"Дом творчества\",\"latitude\":54.99,"
        "\"longitude\":-73.4,\"timezone\":\"Asia/Omsk\"},\"languages\":[\"ru\",\"en\",\"tt\"],"
        "\"certificate\":{\"number_format\":\"9999 "
        "ЯЯ\"},\"navigator\":{\"url\":\"https://hub.example\","
        "\"token_file\":\"token\",\"tls_ca_file\":\"/etc/ca.pem\",\"tls_client_cert\":\"c.pem\","
        "\"tls_client_key\":\"/etc/k.pem\",\"tls_pinned_keys\":["
        "\"sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"],"
        "\"poll_s\":60,\"feed_keys\":["
        "\"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"]},"
        "\"enroll\":{\"hosts\":[\"Р55.навигатор.дети\",\"k.example:8443\"]},"
        "\"terminal\":{\"panel_diagonal_mm\":546.1},\"display\":{\"rotation\":270},"
        "\"touch\":{\"calibration\":[-1,0,1,0,1.5,0]},\"printer\":{\"a4\":\"ipps://[::1]:8631/ipp/"
        "print\","
        "\"roll\":\"Чеки_1\",\"families\":true,\"save_dir\":\"/media/stick\"}}");
    char token[PATH_BYTES * 2];
    snprintf(token, sizeof token, "%s/token", folder);
    if (!config_load(path, &config, error))
        fail_msg("%s", error);
    assert_string_equal(config.organization, "Дом творчества");
    assert_string_equal(config.languages[2], "tt");
    assert_int_equal(config.language_count, 3);
    assert_string_equal(config.number_format, "9999 ЯЯ");
    assert_string_equal(config.token_file, token);
    assert_string_equal(config.tls_ca_file, "/etc/ca.pem");
    assert_string_equal(config.tls_client_key, "/etc/k.pem");
    assert_int_equal(config.tls_pinned_key_count, 1);
    assert_string_equal(config.tls_pinned_keys[0],
                        "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    snprintf(token, sizeof token, "%s/c.pem", folder);
    assert_string_equal(config.tls_client_cert, token);
    assert_string_equal(config.enroll_hosts[0], "Р55.навигатор.дети");
    assert_int_equal(config.enroll_host_count, 2);
    assert_int_equal(config.feed_key_count, 1);
    assert_string_equal(config.printer_a4, "ipps://[::1]:8631/ipp/print");
    assert_string_equal(config.printer_roll, "Чеки_1");
    assert_true(config.printer_families);
    assert_string_equal(config.printer_save_dir, "/media/stick");
    assert_true(config.longitude < -73.3);
    assert_int_equal(config.rotation, 270);
    assert_true(config.calibration[0] == -1 && config.calibration[4] == 1.5);
}

// Each wrong file and the line that says so, after the file's name.
static const struct {
    const char *json;
    const char *error;
} wrong[] = {
    {"{\"place\":{\"latitude\":\"abc\"}}",
     "place.latitude: found \"abc\", expected a number -90..90"},
    {"{\"place\":{\"latitude\":90.5}}", "place.latitude: found 90.5, expected a number -90..90"},
    {"{\"place\":{\"latitude\":1e999}}", "place.latitude: found null, expected a number -90..90"},
    {"{\"place\":{\"latitud\":1}}", "place.latitud: found an unknown key, expected place.latitude"},
    {"{\"place\":{\"colour\":1}}",
     "place.colour: found an unknown key, expected one of: organization locality "
     "organization_id latitude longitude help_place help_hours timezone"},
    {"{\"poll_s\":60}", "poll_s: found an unknown key, expected navigator.poll_s"},
    {"{\"langauges\":[\"ru\"]}", "langauges: found an unknown key, expected languages"},
    {"{\"printer\":{\"help_hours\":\"\"}}",
     "printer.help_hours: found an unknown key, expected place.help_hours"},
    {"{\"plotter\":true}", "plotter: found an unknown key, expected one of: region place "
                           "languages guide_file certificate navigator enroll terminal display "
                           "touch speech printer"},
    {"{\"place\":3}", "place: found 3, expected an object"},
    {"{\"navigator\":{\"tls_pinned_keys\":[\"sha256//47DEQpj8\"]}}",
     "navigator.tls_pinned_keys[0]: found \"sha256//47DEQpj8\", expected a public key's hash "
     "(sha256// and 44 characters) of at most 63 bytes"},
    {"{\"region\":\"Омск\"}",
     "region: found \"Омск\", expected a name of a-z, 0-9 and '-' of at most 255 bytes"},
    {"{\"region\":\"a\",\"region\":\"b\"}", "region: found it twice, expected it once"},
    {"{\"place\":{\"timezone\":\"../etc/passwd\"}}",
     "place.timezone: found \"../etc/passwd\", expected a time zone like \"Europe/Moscow\" of at "
     "most 63 bytes"},
    {"{\"place\":{\"help_place\":\"a\\nb\"}}",
     "place.help_place: found \"a\\nb\", expected a text of at most 255 bytes"},
    {"{\"languages\":[]}", "languages: found [], expected a list of 1..4 items"},
    {"{\"languages\":\"ru\"}", "languages: found \"ru\", expected a list of 1..4 items"},
    {"{\"languages\":[\"ru\",\"Eng\"]}",
     "languages[1]: found \"Eng\", expected a language like \"ru\" of at most 7 bytes"},
    {"{\"certificate\":{\"number_format\":\"99-99\"}}",
     "certificate.number_format: found \"99-99\", expected a mask like \"99 99 999999\" (9 a "
     "digit, Я or Z a letter) of at most 54 bytes"},
    {"{\"navigator\":{\"url\":\"http://hub.example\"}}",
     "navigator.url: found \"http://hub.example\", expected an https:// address, or http:// to "
     "loopback of at most 511 bytes"},
    {"{\"navigator\":{\"poll_s\":1}}",
     "navigator.poll_s: found 1, expected a whole number 30..86400"},
    {"{\"navigator\":{\"feed_keys\":[\"RWQ\"]}}",
     "navigator.feed_keys[0]: found \"RWQ\", expected a minisign public key (56 characters, "
     "RW...) of at most 127 bytes"},
    {"{\"display\":{\"rotation\":45}}",
     "display.rotation: found 45, expected a whole number 0..270 in steps of 90"},
    {"{\"touch\":{\"calibration\":[1,0]}}",
     "touch.calibration: found [1,0], expected a list of 6..6 items"},
    {"{\"printer\":{\"families\":1}}", "printer.families: found 1, expected true or false"},
    {"{\"printer\":{\"a4\":\"http://printer.example\"}}",
     "printer.a4: found \"http://printer.example\", expected \"auto\", ipp://…, ipps://… or a CUPS "
     "queue of at most 255 bytes"},
    {"{\"printer\":{\"roll\":\"ipp:///print\"}}", "printer.roll: found \"ipp:///print\", expected "
                                                  "\"auto\", ipp://…, ipps://… or a CUPS queue of "
                                                  "at most 255 bytes"},
    {"{\"enroll\":{\"hosts\":[\"https://a.example\"]}}",
     "enroll.hosts[0]: found \"https://a.example\", expected a host like \"р00.навигатор.дети\" "
     "of at most 255 bytes"},
    {"{\"enroll\":{\"hosts\":[\"p55.навигатор.дети\"]}}",
     "enroll.hosts[0]: found \"p55.навигатор.дети\", expected \"р55.навигатор.дети\" (letter 1 is "
     "U+0440, not U+0070)"},
    {"{\"enroll\":{\"short_link_host\":\"нaвигатор.дети\"}}",
     "enroll.short_link_host: found \"нaвигатор.дети\", expected \"навигатор.дети\" (letter 2 is "
     "U+0430, not U+0061)"},
    {"{\"navigator\":{\"url\":\"https://naviгатор.example\"}}",
     "navigator.url: found \"https://naviгатор.example\", expected each part of the host in "
     "letters of "
     "one alphabet"},
    {"[]", "found [], expected an object"},
    {"{\n\"region\": nope}", "line 2: found nope}, expected JSON"},
    {"{} {}", "line 1: found {}, expected JSON"},
    {"", "line 1: found the end of the line, expected JSON"},
    {"{\"region\":\"\xFF\"}", "found bytes that are no text, expected JSON in UTF-8"},
};

static void each_error_is_one_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct config config;
        char error[CONFIG_ERROR_BYTES] = "";
        char expected[PATH_BYTES * 4];
        const char *path = write_file("wrong.json", wrong[i].json);
        assert_false(config_load(path, &config, error));
        snprintf(expected, sizeof expected, "%s: %s", path, wrong[i].error);
        assert_string_equal(error, expected);
        assert_null(strchr(error, '\n'));
    }
}

static void a_missing_file_is_an_error(void **state)
{
    (void)state;
    struct config config;
    char error[CONFIG_ERROR_BYTES] = "";
    assert_false(config_load("no-such-file.json", &config, error));
    assert_string_equal(
        error, "no-such-file.json: found No such file or directory, expected a readable file");
}

static void drop_ins_come_in_name_order(void **state)
{
    (void)state;
    struct config config;
    char error[CONFIG_ERROR_BYTES] = "";
    char drop_ins[PATH_BYTES * 2];
    snprintf(drop_ins, sizeof drop_ins, "%s/layers.json.d", folder);
    assert_int_equal(mkdir(drop_ins, 0755), 0);
    write_file("layers.json.d/20-b.json", "{\"region\":\"second\",\"languages\":[\"en\"]}");
    write_file("layers.json.d/10-a.json", "{\"region\":\"first\",\"printer\":{\"families\":true}}");
    write_file("layers.json.d/30-c.json.old", "nonsense");
    write_file("layers.json.d/.40.json", "nonsense");
    const char *path = write_file("layers.json", "{\"region\":\"base\",\"languages\":[\"ru\","
                                                 "\"tt\"],\"navigator\":{\"poll_s\":60}}");
    if (!config_load(path, &config, error))
        fail_msg("%s", error);
    assert_string_equal(config.region, "second");
    assert_int_equal(config.language_count, 1);
    assert_string_equal(config.languages[0], "en");
    assert_true(config.printer_families);
    assert_int_equal(config.poll_s, 60);
    write_file("layers.json.d/50-e.json", "{\"region\":5}");
    snprintf(drop_ins, sizeof drop_ins, "%s/layers.json", folder);
    assert_false(config_load(drop_ins, &config, error));
    assert_non_null(strstr(error, "layers.json.d/50-e.json: region: found 5, expected a name"));
}

struct examined {
    struct text errors;
    struct text told;
};

static bool add_error(void *context, const char *line)
{
    struct examined *examined = context;
    text_addf(&examined->errors, "%s\n", line + strlen(folder) + 1);
    return true;
}

static void add_file(void *context, const char *file)
{
    struct examined *examined = context;
    text_addf(&examined->told, "%s:", file + strlen(folder) + 1);
}

static void add_value(void *context, const char *path)
{
    struct examined *examined = context;
    text_addf(&examined->told, " %s", path);
}

static void every_error_names_its_file(void **state)
{
    (void)state;
    static char memory[2][4096];
    struct examined examined;
    struct config config;
    char drop_ins[PATH_BYTES * 2];
    const struct config_observer observer = {&examined, add_error, add_file, add_value};
    snprintf(drop_ins, sizeof drop_ins, "%s/all.json.d", folder);
    assert_int_equal(mkdir(drop_ins, 0755), 0);
    write_file("all.json.d/10.json", "{\"regoin\":1,\"place\":{\"latitude\":\"x\","
                                     "\"help_place\":\"11\"},\"enroll\":{\"hosts\":[\"a.example\","
                                     "7,\"p55.навигатор.дети\"]},\"touch\":[]}");
    write_file("all.json.d/20.json", "{");
    write_file("all.json.d/30.json", "{\"languages\":[\"ru\"],\"languages\":[\"en\"]}");
    const char *path = write_file("all.json", "{\"region\":\"omsk\"}");
    text_init(&examined.errors, memory[0], sizeof memory[0]);
    text_init(&examined.told, memory[1], sizeof memory[1]);
    assert_false(config_examine(path, &observer, &config));
    assert_string_equal(
        memory[0], "all.json.d/10.json: regoin: found an unknown key, expected region\n"
                   "all.json.d/10.json: place.latitude: found \"x\", expected a number -90..90\n"
                   "all.json.d/10.json: enroll.hosts[1]: found 7, expected a host like "
                   "\"р00.навигатор.дети\" of at most 255 bytes\n"
                   "all.json.d/10.json: enroll.hosts[2]: found \"p55.навигатор.дети\", expected "
                   "\"р55.навигатор.дети\" (letter 1 is U+0440, not U+0070)\n"
                   "all.json.d/10.json: touch: found [], expected an object\n"
                   "all.json.d/20.json: line 1: found the end of the line, expected JSON\n"
                   "all.json.d/30.json: languages: found it twice, expected it once\n");
    assert_string_equal(memory[1], "all.json: regionall.json.d/10.json: place.help_place"
                                   "all.json.d/20.json:all.json.d/30.json: languages");
    assert_string_equal(config.help_place, "11");
}

static void a_link_leads_to_the_folder_of_its_file(void **state)
{
    (void)state;
    struct config config;
    char error[CONFIG_ERROR_BYTES] = "";
    char path[PATH_BYTES * 2];
    char expected[PATH_BYTES * 2];
    snprintf(path, sizeof path, "%s/presets", folder);
    assert_int_equal(mkdir(path, 0755), 0);
    write_file("presets/omsk.json", "{\"guide_file\":\"guide/omsk.txt\"}");
    snprintf(path, sizeof path, "%s/linked.json", folder);
    assert_int_equal(symlink("presets/omsk.json", path), 0);
    snprintf(expected, sizeof expected, "%s/presets/guide/omsk.txt", folder);
    if (!config_load(path, &config, error))
        fail_msg("%s", error);
    assert_string_equal(config.guide_file, expected);
}

static void the_command_line_has_the_last_word(void **state)
{
    (void)state;
    struct config config;
    char error[CONFIG_ERROR_BYTES] = "";
    assert_true(config_load(NULL, &config, error));
    assert_true(config_set(&config, "terminal.data_dir", "build/data", error));
    assert_string_equal(config.data_dir, "build/data");
    assert_false(config_set(&config, "navigator.url", "http://hub.example", error));
    assert_non_null(strstr(error, "command line: navigator.url: found \"http://hub.example\""));
    assert_string_equal(config.navigator_url, "");
    assert_false(config_set(&config, "navigator.poll_s", "5", error));
}

struct collected {
    char text[8192];
    struct text all;
    unsigned count;
};

static void collect(void *context, const char *warning)
{
    struct collected *collected = context;
    text_add(&collected->all, warning);
    text_add(&collected->all, "\n");
    collected->count++;
}

static unsigned warnings_of(const char *path, struct collected *ret_collected)
{
    struct config config;
    char error[CONFIG_ERROR_BYTES] = "";
    if (!config_load(path, &config, error))
        fail_msg("%s", error);
    ret_collected->count = 0;
    text_init(&ret_collected->all, ret_collected->text, sizeof ret_collected->text);
    config_warnings(&config, collect, ret_collected);
    return ret_collected->count;
}

static void what_is_to_fill_warns(void **state)
{
    (void)state;
    struct collected collected;
    warnings_of(NULL, &collected);
    static const char *const expected[] = {
        "place.organization: ",  "place.help_place: ",    "navigator.url: ",
        "navigator.feed_keys: ", "navigator.token_file:", "enroll.hosts: "};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_non_null(strstr(collected.text, expected[i]));
    const char *path =
        write_file("staff.json", "{\"enroll\":{\"hosts\":[\"navadmin.dvpion.ru\"]}}");
    warnings_of(path, &collected);
    assert_non_null(strstr(collected.text, "the staff entrance \"navadmin.dvpion.ru\""));
}

static void presets_hold(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *timezone;
        const char *host;
    } presets[] = {
        {"orel-dolzhansky", "Europe/Moscow", NULL},
        {"saratov-balashov", "Europe/Saratov", NULL},
        {"omsk", "Asia/Omsk", "р55.навигатор.дети"},
        {"smolensk", "Europe/Moscow", NULL},
        {"krasnoyarsk", "Asia/Krasnoyarsk", "navigator.dvpion.ru"},
        {"demo", "Europe/Moscow", "кружки.должанский.example"},
    };
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        struct config config;
        struct collected collected;
        char path[PATH_BYTES];
        char error[CONFIG_ERROR_BYTES];
        snprintf(path, sizeof path, SOURCE_DIR "/kiosk-config/%s.json", presets[i].name);
        assert_true(config_load(path, &config, error));
        assert_string_equal(config.region, presets[i].name);
        assert_string_equal(config.timezone, presets[i].timezone);
        assert_string_equal(config.languages[1], "en");
        if (presets[i].host != NULL)
            assert_string_equal(config.enroll_hosts[0], presets[i].host);
        else
            assert_int_equal(config.enroll_host_count, 0);
        assert_true(warnings_of(path, &collected) > 0);
    }
}

static void look_alike_hosts_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        const char *right; // NULL: not suspicious
    } hosts[] = {
        {"p55.навигатор.дети", "р55.навигатор.дети"},
        {"P55.НАВИГАТОР.ДЕТИ", "р55.навигатор.дети"},
        {"p55.xn--80aafey1amqq.xn--d1acj3b", "р55.навигатор.дети"},
        {"HABИГATOP.дети", "навигатор.дети"},
        {"р55.навигатор.дeти", "р55.навигатор.дети"},
        {"34.pfdо.ru", "34.pfdo.ru"},
        {"р1.example", "p1.example"},
        {"навiгатор.дети", ""},
        {"р55.навигатор.дети", NULL},
        {"55.навигатор.дети", NULL},
        {"34.pfdo.ru", NULL},
        {"app.навигатор.дети", NULL},
        {"www.навигатор.рф", NULL},
        {"кружки.должанский.example", NULL},
        {"navigator.dvpion.ru", NULL},
        {"127.0.0.1", NULL},
        {"not a host", NULL},
    };
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        char right[LINK_HOST_BYTES] = "untouched";
        assert_int_equal(config_host_suspicious(hosts[i].host, right, sizeof right),
                         hosts[i].right != NULL);
        assert_string_equal(right, hosts[i].right != NULL ? hosts[i].right : "untouched");
    }
}

static void likely_slips_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        const char *meant; // NULL: no doubt
    } hosts[] = {
        {"р55.навигатор.деть", "р55.навигатор.дети"},
        {"р55.навигатр.дети", "р55.навигатор.дети"},
        {"р55.новигатор.дети", "р55.навигатор.дети"},
        {"xn--55-kmc.xn--80aafey1amqq.xn--d1acj3b", NULL},
        {"34.pdfo.ru", "34.pfdo.ru"},
        {"34.pfdo.su", "34.pfdo.ru"},
        {"navigator.dvpoin.ru", "navigator.dvpion.ru"},
        {"navigater.dvpion.ru", "navigator.dvpion.ru"},
        {"55.навигатор.дети", "р55.навигатор.дети"},
        {"п55.навигатор.дети", "р55.навигатор.дети"},
        {"сор.example", "cop.example"},
        {"cop.дети", NULL},
        {"навигатор.дети", NULL},
        {"app.навигатор.дети", NULL},
        {"р55.навигатор.дети", NULL},
        {"34.pfdo.ru", NULL},
        {"navigator.dvpion.ru", NULL},
        {"кружки.должанский.example", NULL},
        {"hub.example", NULL},
        {"127.0.0.1", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        char meant[LINK_HOST_BYTES] = "untouched";
        bool doubtful = config_host_doubtful(hosts[i].host, meant, sizeof meant);
        assert_string_equal(meant, hosts[i].meant != NULL ? hosts[i].meant : "untouched");
        assert_int_equal(doubtful, hosts[i].meant != NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_stand_without_a_file),
        cmocka_unit_test(a_whole_file_is_read),
        cmocka_unit_test(each_error_is_one_line),
        cmocka_unit_test(a_missing_file_is_an_error),
        cmocka_unit_test(drop_ins_come_in_name_order),
        cmocka_unit_test(every_error_names_its_file),
        cmocka_unit_test(a_link_leads_to_the_folder_of_its_file),
        cmocka_unit_test(the_command_line_has_the_last_word),
        cmocka_unit_test(what_is_to_fill_warns),
        cmocka_unit_test(presets_hold),
        cmocka_unit_test(look_alike_hosts_are_told),
        cmocka_unit_test(likely_slips_are_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
