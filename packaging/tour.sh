# The walk through every screen, with a real finger on a virtual touch screen; sourced by
# packaging/demo. Leaves build/tour/NN-name.png.

shots=$root/build/tour
rm -rf "$shots"
mkdir -p "$shots"
cc -O2 -D_GNU_SOURCE -o "$bin/finger" "$root/tests/support/finger.c" ||
    fail "tests/support/finger.c does not build"

# Every screen in every mode, one sheet a screen: see tests/layout/gallery.c.
build release layout-gallery
mkdir -p "$shots/modes"
"$bin/layout-gallery" "$root" --golden /dev/null --update --pictures "$shots/modes" \
    "$root"/tests/scenario/*.scenario || fail "the sheets of all modes can't be made"
say "  modes/: $(find "$shots/modes" -name '*.png' | wc -l) sheets"

count=0
# picture NAME: the next one.
picture() {
    count=$((count + 1))
    shot "$(printf '%02d-%s' "$count" "$1")"
    say "  $(printf '%02d-%s' "$count" "$1")"
}
home() {
    finger tap-label "Главная"
    finger wait-screen home
}
# search TEXT: from home to its results.
search() {
    finger tap-label "Кружок, секция или педагог"
    finger wait-screen search
    finger type "$1"
    finger settle
}
open_program() { # TITLE
    finger tap-label "$1"
    finger wait-screen program
}
# keep TEXT: from home, puts the first result aside, and back.
keep() {
    search "$1"
    finger tap-label "Отложить в подборку"
    home
}
# selection: from home, once what was said of it is gone.
selection() {
    finger wait-gone "Вернуть"
    finger tap-label "Подборка"
    finger wait-screen selection
}
# certificate NUMBER SCREEN: from home to the answer.
certificate() {
    finger tap-label "Проверить сертификат"
    finger wait-screen number
    finger type "$1"
    finger tap-label "Проверить"
    finger wait-screen "$2"
}

start_x 1080 1920
start_kiosk
picture home
finger tap-label "Помощь"
picture home-help
finger tap-label "Закрыть"
finger tap-label "English"
picture home-english
finger tap-label "Club, sport or teacher"
finger wait-screen search
finger tap-label "АБВ"
finger type робототех
finger settle
picture search-english
finger tap-label "Робототехника: первые шаги"
finger wait-screen program
picture program-english
finger tap-label "EN"
picture program-languages
finger tap-label "Русский"
home

finger tap-label "Кружок, секция или педагог"
finger wait-screen search
picture search-empty
finger type роб
picture search-typing
finger type ототех
picture search-results
finger tap-label "Показать"
picture search-list
home
search робатехника
picture search-mended
home
finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger tap-label "ABC"
finger type ktgrf
picture search-layout
home
search "танцы по будням бесплатно"
picture search-understood
finger tap-label "Фильтры"
picture filters
finger tap-label "Старше"
finger tap-label "Старше"
finger tap-label "Старше"
finger tap-label "Старше"
picture filters-age
finger drag 540 1500 540 300
picture filters-more
finger tap-label "Контраст"
picture filters-contrast
finger tap-label "Контраст"
finger tap-label "Сбросить"
picture filters-reset
finger tap-label "Закрыть"
home
search верблюд
picture search-nothing
home
search "дроны "
finger tap-label "123"
finger type 7
finger tap-label "АБВ"
finger type " лет"
picture search-nothing-age
finger tap-label "Показать 0"
picture search-nothing-age-page
home
finger tap-label "Художественная"
finger wait-screen search
picture search-direction
home
finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger tap-label "123"
finger type 5700123456
picture search-number
home

finger tap-label "Подобрать по возрасту"
finger wait-screen wizard-age
finger tap-label "9 лет"
picture wizard-age
finger tap-label "Детей двое"
finger tap-label "7 лет"
picture wizard-children
finger tap-label "Ребёнок один"
finger tap-label "Помощь"
picture wizard-help
finger tap-label "Закрыть"
finger tap-label "Дальше"
finger wait-screen wizard-time
finger tap-label "суббота"
finger tap-label "После школы"
picture wizard-time
finger tap-label "Дальше"
finger wait-screen wizard-interest
picture wizard-interest
finger tap-label "Техническая"
picture wizard-interest-none
finger tap-label "Дальше"
finger wait-screen wizard-payment
finger tap-label "Сертификатом"
picture wizard-payment
finger tap-label "Показать"
finger wait-screen search
picture wizard-result
home

search "первые шаги"
open_program "Робототехника: первые шаги"
picture program
finger tap-nth radio 1
picture program-group
finger drag 540 1500 540 100
picture program-rating
finger tap-label "Записаться"
finger wait-screen enroll
finger wait-gone "Готовим код"
picture enroll-code
home
search "первые шаги"
open_program "Робототехника: первые шаги"
finger tap-label "Сб · 10:00"
finger tap-label "Занять очередь"
finger wait-screen enroll
finger wait-gone "Готовим код"
picture enroll-queue
home
search "гончарный"
open_program "Гончарный круг"
picture program-closed
home
search "самбо"
open_program "Самбо для девочек и мальчиков"
picture program-addresses
home
search "лапа"
open_program "Тёплая лапа"
picture program-ovz
home

finger tap-label "Подборка"
finger wait-screen selection
picture selection-empty
home
keep "первые шаги"
keep мультфильм
keep плавание
selection
finger tap-label "Выберите: 3"
finger settle
finger tap-label "Выберите: 2"
picture selection-clash
finger tap-label "Взять ср"
picture selection-way-out
finger tap-label "Показать код"
finger wait-screen enroll
finger wait-gone "Готовим код"
picture selection-code
home
keep шахматы
keep гитара
keep плешковская
selection
picture selection-six
finger tap-label "Ещё программы"
picture selection-six-further
finger tap-label "Очистить"
picture selection-cleared
home

finger tap-label "Проверить сертификат"
finger wait-screen number
picture certificate-empty
finger type 570012
picture certificate-partly
finger tap-label "Показать номер"
picture certificate-plain
finger tap-label "Контраст"
picture certificate-contrast
finger tap-label "Контраст"
home
certificate 5700123456 result
picture certificate-funded
finger tap-label "Ввести дату"
finger wait-screen birth
picture certificate-birth
finger type 17042016
finger tap-label "Показать"
finger wait-screen result
picture certificate-open
finger tap-label "Скрыть данные"
picture certificate-hidden
home
certificate 5700834490 result
picture certificate-accounting
home
certificate 5700341975 result
picture certificate-frozen
home
certificate 5700218804 result
picture certificate-zero
home
certificate 5700407718 result
picture certificate-not-activated
home
certificate 5700556032 result
picture certificate-hours
finger tap-label "Что можно посещать"
finger wait-screen search
picture certificate-visit-hours
home
# Kinds, states, units and tiers in pairs: number, birth date or -, name.
while read -r number birth name; do
    certificate "$number" result
    if [[ $birth != - ]]; then
        finger find "Ввести дату"
        finger tap-label "Ввести дату"
        finger wait-screen birth
        finger type "$birth"
        finger tap-label "Показать"
        finger wait-screen result
    fi
    picture "certificate-$name"
    home
done <<'PAIRS'
5700619247 23032018 social-programs-open
5701533046 - social-frozen-hours
5701617703 - social-expired-programs
5701980054 30012013 social-not-activated-open
5701760221 - not-activated-programs
5701902236 24122015 accounting-frozen-open
5701492157 - accounting-not-activated
5701845119 - accounting-expired
5701260014 20122008 adult-soon
5702044718 - period-over
PAIRS
finger tap-label "Проверить сертификат"
finger wait-screen number
finger tap-label "Мне уже 14"
finger type 5701377280
finger tap-label "Проверить"
finger wait-screen result
finger tap-label "Ввести дату"
finger wait-screen birth
finger type 14022015
finger tap-label "Показать"
finger wait-screen result
picture certificate-not-yet-14
home
certificate 5709999999 notice
picture certificate-wrong
home

finger tap-label "Как получить сертификат"
finger wait-screen guide
picture guide
finger tap-label "Ещё ниже"
picture guide-more
finger tap-label "Когда могут отказать"
finger wait-screen guide-refusal
picture guide-refusal
finger tap-label "Назад"
finger wait-screen guide
finger tap-label "Ещё ниже"
finger tap-label "Уже есть и нужен номинал"
finger wait-screen guide-nominal
picture guide-nominal
finger tap-label "Назад"
finger wait-screen guide
finger tap-label "Ещё ниже"
finger tap-label "С 14 лет"
finger wait-screen guide-teen
finger tap-label "Мне уже 14"
picture guide-teen
finger tap-label "Назад"
finger wait-screen guide
finger tap-label "Ещё ниже"
finger tap-label "Куда обратиться"
finger wait-screen guide-contacts
picture guide-contacts
finger tap-label "Контраст"
picture guide-contrast
finger tap-label "Контраст"
home

# The logo, held.
finger hold 80 60 5400
finger wait-screen staff-pin
finger type 111222
finger wait-label 1
finger type 1357
picture staff-pin
finger tap-label "Отмена"
finger hold 80 60 5400
finger wait-screen staff-pin
finger type "$staff_pin"
finger wait-screen staff
picture staff
finger tap-label "Журнал"
finger wait-screen staff-journal
picture staff-journal
finger tap-label "Назад"
finger tap-label "Настройки"
finger wait-screen staff-settings
picture staff-settings
finger tap-label "Изменить"
picture staff-settings-place
finger tap-label "Назад"
finger tap-label "Сменить PIN"
finger wait-screen staff-new-pin
finger type 123456
picture staff-new-pin
finger tap-label "Отмена"
finger tap-label "Выйти в сервис"
picture staff-service
finger tap-label "Остаться"
finger tap-label "Карточки"
finger wait-screen staff-print
picture staff-print-cards
finger tap-label "По группам"
finger tap-label "Следующий лист"
finger tap-label "Больше экземпляров"
picture staff-print-groups
finger tap-label "Плакат"
picture staff-print-poster
finger tap-label "Чек"
picture staff-print-receipt
finger tap-label "Добавить"
finger wait-screen staff-add
picture staff-add
finger tap-label "Наша организация"
finger tap-label "Кружок, секция"
finger type шах
picture staff-add-typing
finger tap-label "Готово"
finger wait-screen staff-print
finger tap-label "Назад"
finger wait-screen staff
finger tap-label "Открыть очередь"
finger wait-screen staff-queue
picture staff-queue
finger tap-label "Назад"
finger wait-screen staff
finger tap-label "Готовность"
finger wait-screen staff-ready
finger wait-gone "Проверяем"
picture staff-ready
finger tap-label "Касания"
finger tap-label "Левый верхний угол"
picture staff-ready-corners
finger tap-label "Закончить"
finger tap-label "Звук"
picture staff-ready-sound
finger tap-label "Слышно"
finger tap-label "Выйти"
finger wait-screen home

kill -STOP "$hub_pid"
certificate 5700123456 number
finger wait-label "Проверяем"
picture certificate-waiting
finger wait-screen notice
picture certificate-silent
home
kill -CONT "$hub_pid"

finger tap-label "Кружок, секция или педагог"
finger wait-screen search
finger wait-screen idle 75
picture idle
finger tap-label "Начать заново"
finger wait-screen home

stop "$hub_pid"
stop "$kiosk_pid"
start_kiosk
picture home-offline
keep "первые шаги"
keep мультфильм
selection
finger tap-label "Показать код"
finger wait-screen selection-codes
picture selection-own-codes
home
certificate 5700123456 notice
picture offline
stop "$kiosk_pid"

start_x 1920 1080
start_hub "${hub_url#http://}"
start_kiosk
picture home-landscape
finger hold 76 66 5400
finger wait-screen staff-pin
picture staff-pin-landscape
finger type "$staff_pin"
finger wait-screen staff
picture staff-landscape
finger tap-label "Выйти"
finger wait-screen home
finger tap-label "Подобрать по возрасту"
finger wait-screen wizard-age
picture wizard-age-landscape
finger tap-label "9 лет"
finger tap-label "Дальше"
finger wait-screen wizard-time
picture wizard-time-landscape
finger tap-label "Дальше"
finger wait-screen wizard-interest
picture wizard-interest-landscape
finger tap-label "Дальше"
finger wait-screen wizard-payment
picture wizard-payment-landscape
home
search робототех
picture search-landscape
finger tap-label "Фильтры"
picture filters-landscape
finger tap-label "Закрыть"
open_program "Робототехника: первые шаги"
picture program-landscape
finger tap-label "Вт, чт"
finger tap-label "Записаться"
finger wait-screen enroll
picture enroll-landscape
home
keep "первые шаги"
keep мультфильм
selection
finger tap-label "Выберите: 3"
finger settle
finger tap-label "Выберите: 2"
picture selection-landscape
home
certificate 5700123456 result
picture certificate-landscape
finger tap-label "Ввести дату"
finger wait-screen birth
finger type 170420
picture birth-landscape
finger type 16
finger tap-label "Показать"
finger wait-screen result
picture certificate-open-landscape
home
finger tap-label "Проверить сертификат"
finger wait-screen number
picture number-landscape
home
finger tap-label "Как получить сертификат"
finger wait-screen guide
picture guide-landscape
stop "$kiosk_pid"

# A region whose numbers have letters.
start_x 1080 1920
printf '{ "certificate": { "number_format": "ЯЯ 999999" } }\n' >"$work/kiosk.json.d/60-letters.json"
start_kiosk
finger tap-label "Проверить сертификат"
finger wait-screen number
picture certificate-letters
finger tap-label "Ж"
finger tap-label "У"
finger type 12
finger tap-label "Показать номер"
picture certificate-letters-plain
stop "$kiosk_pid"

# Where nobody touches home for a minute and a half.
for size in "1080 1920 portrait" "1920 1080 landscape"; do
    read -r width height lie <<<"$size"
    start_x "$width" "$height"
    start_kiosk
    finger wait-screen attract 120
    picture "attract-$lie"
    sleep 6 # then the panel tells of a program
    picture "attract-program-$lie"
    stop "$kiosk_pid"
done
