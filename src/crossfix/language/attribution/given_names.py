"""Given names that tell whether "he" or "she" can be meant, and women of the subject whose names do not tell. Our own list of
common names; a name that is not here tells nothing."""

from __future__ import annotations

FEMALE_NAMES = frozenset(
    """
    abigail adriana adrienne agnes aisha alexandra alice alicia alison allison amanda amber amelia amy ana andrea
    angela angelina anita ann anna annalena anne annette annie antonia april ashley astrid audrey avril barbara
    beatrice becky belinda bernadette beth betty beverly bonnie brenda bridget brigitte brittany camille carla
    carmen carol carole carolina caroline carolyn carrie caterina catherine cathy cecilia celia chantal charlotte
    chelsea cheryl christina christine cindy claire clara claudia colleen connie courtney cristina cynthia daisy
    dana danielle daria dawn deborah debra denise diana diane dolores donna dora doris dorothy edith eileen elaine
    eleanor elena eliza elizabeth ella ellen elsa emily emma erica erika erin esther eva eve evelyn fatima federica
    felicity fiona florence frances francesca gail galina gemma georgia gertrude gillian gina giorgia gloria grace
    greta hanna hannah harriet heather heidi helen helena helga hilary hillary holly ida ines inga ingrid irene
    irina iris isabel isabella ivanka jacinda jackie jacqueline jane janet janice jasmine jean jeanne jen jenna
    jennifer jenny jessica jill jo joan joanna joanne jodie josephine joy joyce juanita judith judy julia juliana
    julie julianne june kaja karen karin karine karla kate katerina katherine kathleen kathryn kathy katie katrina
    kayla keiko kelly kerry kimberly kirsten kirstjen kristen kristi kristin kristina lara larisa laura lauren lea
    leila lena leslie leticia lidia lilian lillian lily linda lindsay lisa lois lola loretta lorraine louisa louise
    lucia lucy ludmila luisa lydia lynn madeleine maggie magdalena malala mandy marcia margaret margarita maria
    marian marianne marie marilyn marina marion marjorie marta martha martina mary maryam matilda maureen maya megan
    meghan melania melanie melinda melissa melezia mercedes mia michelle mila mildred mimi mira miranda miriam molly
    monica monika muriel nadia nadine nancy naomi natalia natalie natasha nicola nicole nikki nina nora norma olga
    olivia ottilie paige pamela patricia patsy paula pauline penelope penny petra phyllis pippa polina priya
    priscilla priti rachel ramona raisa rebecca regina renata renee rita roberta rosa rosalind rose rosemary roxana
    ruth sabine sabrina sadia sally samantha sanae sandra sara sarah selma serena shannon sharon sheila shelley
    sherry shirley silvia simone sofia sonia sophia sophie stacey stella stephanie sue susan susanna suzanne
    svetlana sylvia tamara tania tanya tara tatiana teresa thelma theresa tiffany tina ursula valentina valeria
    valerie vanessa vera veronica victoria viola violet virginia vivian wanda wendy yasmin yekaterina yoko yulia
    yuriko yvette yvonne zainab zoe
    """.split()
)
MALE_NAMES = frozenset(
    """
    aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alejandro aleksandr alexander alexei alexey
    alfred ali allan alvin amir anatoly anders andre andreas andrei andrew andrey andriy anthony antonio antony
    arnold arthur arturo ashton atsushi austin barack barry ben benjamin bernard bernie bill bob boris brad bradley
    brendan brett brian bruce bryan carl carlos cedric chad charles charlie chris christian christopher chuck
    clarence claude clifford colin craig curtis dale damian dan daniel darren dave david dean dennis derek dick
    diego dieter dmitri dmitriy dmitry dominic don donald doug douglas duncan dwight earl ed eddie edgar edmund
    eduardo edward edwin egor elliot emilio emmanuel enrique eric erik ernest ethan eugene evan evans evgeny felix
    fernando francis francisco franck francois frank franklin fred frederick fumio gabriel gareth gary gavin gene
    geoff geoffrey george gerald gerard gerhard giovanni glenn gordon graham greg gregory guillermo gustavo guy hans
    harold harry hassan hector heinrich heinz helmut henrik henry herbert herman hideki hiroshi horst howard hubert
    hugh hugo ian ibrahim igor ilya imran isaac ivan jack jacob jacques jake james jamal jared jason javier jay jeff
    jeffrey jens jeremy jerome jerry jesse jim jimmy joe joel johan john johnny jon jonathan jorge jose josef joseph
    josh joshua juan julian julio jurgen justin kamal karl keith ken kenji kenneth kent kevin kirill klaus kofi
    konstantin kurt kyle lars larry laurent lawrence len leo leon leonard leonid lloyd lou louis luca lucas luis
    luke magnus mahmoud malcolm manuel marc marcel marco marcus mario mark markus marshall martin marvin masaki
    mathias matt matteo matthew maurice max maxim mehmet michael michel miguel mikael mike mikhail milan mitch mitt
    mohamed mohammad mohammed moon muhammad murray narendra nathan neil nelson nicholas nick nicolas nigel nikita
    nikolai norbert norman oleg oliver omar oscar otto owen pablo pascal patrick paul pavel pedro per pete peter
    phil philip philippe pierre rafael ralph ramon randy rashid ray raymond recep reginald rex ricardo rich richard
    rick robert roberto rod rodrigo roger roland roman ron ronald ross roy rupert russell ryan salvador sam samuel
    satoru scott sean sebastian sergei sergey sergio shaun shigeru shinzo simon stanislav stanley stefan stephan
    stephen steve steven stewart stuart sven tariq taro ted terrence terry thierry theodore thomas tim timothy
    tobias todd tom tomas tommy tony travis trevor tyler uwe vadim valery vasily viktor victor vincent vitaly
    vladimir volodymyr walter warren wayne wilhelm will william wolfgang xavier yasuo yevgeny yoshihide youssef yuri
    yury yusuf zachary
    """.split()
)
WOMEN = frozenset(
    {
        "Kim Yo Jong", "Choe Son Hui", "Ri Sol Ju", "Kim Ju Ae", "Hyon Song Wol", "Park Geun-hye", "Kang Kyung-wha",
        "Tsai Ing-wen", "Hua Chunying", "Mao Ning", "Aung San Suu Kyi", "Yoko Kamikawa", "Kamala Harris", "Peng Liyuan",
    }
)  # fmt: skip
"""Women often named in this field whose names stand family name first or in no common list."""


def gender_of(name: str) -> str | None:
    """ "f" or "m" where a person's first given name tells, else None."""
    if name in WOMEN:
        return "f"
    words = name.casefold().replace(".", " ").split()
    if len(words) < 2:
        return None
    first = next((w for w in words[:-1] if len(w) > 1), "").partition("-")[0]
    if first in FEMALE_NAMES:
        return "f"
    return "m" if first in MALE_NAMES else None
