"""Names of people, whoever has written them down: one measure of what is the same name.

`sounds` and `nearness` say whether two words are one name, in Lao, Thai or Latin letters. The
search box (`finder`), the guard at the door (`alike`) and the warnings and masks in texts
(`within`) all ask them: what is found as somebody's name here is also stopped, warned of and
masked. `disguises` reads what is put in other signs before it is compared. `keys` are for places.
"""
