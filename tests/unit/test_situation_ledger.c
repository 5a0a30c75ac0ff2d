/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger over hand-made events: each case is a few documents and what the board must say on some days. The matters
 * are our own inventions around the Cenepa war of 1995 and other quarrels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "export/board_json.h"
#include "sit_fixture.h"
#include "situation/rules.h"

struct part {
    const char *id, *published, *events;
};
struct want {
    const char *as_of, *kind, *party, *status; /* party: somebody on the item; status "" = must not be there */
    int due, n;                                /* due -1: any; n items of this kind and party, 0 = at least one */
    const char *content;                       /* part of it, or NULL */
};
struct story {
    const char *name;
    struct part parts[6];
    struct want wants[14];
};

static const struct story stories[] = {
    {"a vow never to do a deed is a commitment, shown with its never, and no threat",
     {{"a", "1994-07-19",
       "e t=vow c=138 p=THREATEN st=a s=TCD k=shell,village x=shell_a_village say=Chad_[vowed]_never_to_shell_a_village\n"}},
     {{"1994-07-19", "commitment", "TCD", "standing", 0, 1, "never to shell a village"},
      {"1994-07-19", "threat", "TCD", "", -1, 0, NULL}}},
    {"the ban was lifted, and nobody says whose: the only one that its words fit",
     {{"a", "1967-01-12", "e t=close c=163 p=SANCTION st=a s=ZMB g=BDI k=frontier x=its_frontier\n"},
      {"b", "1967-02-16", "e t=reopen c=081 p=CONCEDE st=a k=frontier x=the_frontier\n"}},
     {{"1967-02-15", "sanction", "ZMB", "imposed", 0, 1, NULL},
      {"1967-02-16", "sanction", "ZMB", "lifted", 0, 1, NULL}}},
    {"of two that its words fit it lifts neither, nor that of others than those of whom the report speaks",
     {{"a", "1967-01-12",
       "e t=close c=163 p=SANCTION st=a s=ZMB g=BDI k=frontier x=its_frontier\n"
       "e t=close c=163 p=SANCTION st=a s=PER g=ECU k=frontier x=its_frontier\n"
       "e t=ban c=163 p=SANCTION st=a s=KEN g=UGA k=coffee x=a_ban_on_coffee\n"},
      {"b", "1967-02-16",
       "e t=reopen c=081 p=CONCEDE st=a k=frontier x=the_frontier\n"
       "e t=lift c=081 p=CONCEDE st=a k=ban,coffee x=the_ban\n"
       "e t=accuse c=112 p=ACCUSE st=a s=NOR g=SWE\n"}},
     {{"1967-02-16", "sanction", "ZMB", "imposed", 0, 1, NULL},
      {"1967-02-16", "sanction", "PER", "imposed", 0, 1, NULL},
      {"1967-02-16", "sanction", "KEN", "imposed", 0, 1, NULL}}},
    {"those hurt stand behind the dead of their sentence, in one toll",
     {{"a", "1976-08-05", "e t=kill c=182 p=ASSAULT st=a g=LBN q=deaths:9,injured:31\n"}},
     {{"1976-08-05", "toll", "LBN", "reported", 0, 1, NULL}}},
    {"a demand is rejected by whom it was made to",
     {{"a", "1995-01-10",
       "e t=demand c=1056 p=REQUEST st=a s=PER g=ECU k=withdraw,patrol,garrison x=withdraw_its_patrols con=1\n"
       "e t=withdraw c=0874 p=RETREAT.withdraw st=h s=ECU k=patrol of=0\n"},
      {"b", "1995-01-14", "e t=reject c=120 p=REJECT st=a s=ECU g=PER k=demand x=the_demand\n"}},
     {{"1995-01-09", "demand", "PER", "", -1, 0, NULL},
      {"1995-01-10", "demand", "PER", "open", 0, 1, "patrols"},
      {"1995-01-13", "demand", "ECU", "open", 0, 1, NULL},
      {"1995-01-14", "demand", "PER", "rejected", 0, 1, NULL},
      {"1999-01-14", "demand", "PER", "rejected", 0, 1, NULL}}},
    {"the answer that names nobody's demand answers the one that waits for him, in the same report",
     {{"a", "1961-03-02",
       "e t=demand c=1056 p=REQUEST st=a s=BOL g=CHL k=reopen,port con=1 x=reopen_the_port\n"
       "e t=reopen c=080 p=CONCEDE st=h s=CHL k=port of=0\n"
       "e t=reject c=120 p=REJECT st=a s=CHL k=demand con=3 x=the_demand\n"
       "e t=demand c=100 p=REQUEST st=a g=CHL of=2\n"}},
     {{"1961-03-02", "demand", "BOL", "rejected", 0, 1, "port"}}},
    {"days later it does too, if no other demand waits or the report names who made it",
     {{"a", "1961-03-02", "e t=demand c=1056 p=REQUEST st=a s=BOL g=CHL k=reopen,port x=reopen_the_port\n"},
      {"b", "1961-03-09",
       "e t=reject c=120 p=REJECT st=a s=CHL k=demand con=1 x=the_demand\ne t=demand c=100 p=REQUEST st=a g=CHL of=0\n"}},
     {{"1961-03-08", "demand", "BOL", "open", 0, 1, NULL}, {"1961-03-09", "demand", "BOL", "rejected", 0, 1, NULL}}},
    {"of two that wait neither is answered by a report that names nobody",
     {{"a", "1961-03-02",
       "e t=demand c=1056 p=REQUEST st=a s=BOL g=CHL k=reopen,port x=reopen_the_port\n"
       "e t=demand c=1053 p=REQUEST st=a s=ARG g=CHL k=release,sailor x=release_the_sailors\n"},
      {"b", "1961-03-09",
       "e t=reject c=120 p=REJECT st=a s=CHL k=demand con=1 x=the_demand\ne t=demand c=100 p=REQUEST st=a g=CHL of=0\n"}},
     {{"1961-03-09", "demand", "BOL", "open", 0, 1, NULL}, {"1961-03-09", "demand", "ARG", "open", 0, 1, NULL}}},
    {"an answer of one word days later, and what the one who was asked says he will do",
     {{"a", "1961-03-02",
       "e t=demand c=1056 p=REQUEST st=a s=BOL g=CHL k=reopen,port con=1 x=reopen_the_port\n"
       "e t=reopen c=080 p=CONCEDE st=h s=CHL k=port of=0\n"},
      {"b", "1961-03-09", "e t=refuse c=120 p=REJECT st=a s=CHL\n"},
      {"c", "1961-03-12", "e t=reopen c=080 p=CONCEDE st=f s=CHL k=port d=1961-03-20\n"}},
     {{"1961-03-08", "demand", "BOL", "open", 0, 1, NULL}, {"1961-03-09", "demand", "BOL", "rejected", 0, 1, NULL}}},
    {"what he will do accepts the demand",
     {{"a", "1961-03-02",
       "e t=demand c=1053 p=REQUEST st=a s=BOL g=CHL k=release,sailor con=1 x=release_the_sailors\n"
       "e t=release c=0841 p=RETREAT st=h s=CHL k=sailor of=0\n"},
      {"b", "1961-03-12", "e t=release c=0841 p=RETREAT st=f s=CHL k=sailor\n"}},
     {{"1961-03-11", "demand", "BOL", "open", 0, 1, NULL}, {"1961-03-12", "demand", "BOL", "accepted", 0, 1, NULL}}},
    {"what another must do, says who wants it; without must it is no demand",
     {{"a", "1961-03-02",
       "e t=release c=0841 p=RETREAT st=h s=CHL k=sailor b=BOL say=Chile_must_[release]_the_sailors,_Bolivia_said.\n"},
      {"b", "1961-03-03",
       "e t=release c=0841 p=RETREAT st=h s=PER k=pilot b=ECU say=Peru_may_[release]_the_pilot,_Ecuador_said.\n"}},
     {{"1961-03-03", "demand", "BOL", "open", 0, 1, NULL}, {"1961-03-03", "demand", "ECU", "", 0, 1, NULL}}},
    {"pay or see the port closed: a threat",
     {{"a", "1961-03-02",
       "e t=give c=130 p=THREATEN st=a s=BOL g=CHL k=pay,port x=pay_or_see_the_port_closed dl=1961-03-05\n"}},
     {{"1961-03-03", "threat", "BOL", "standing", 0, 1, NULL}}},
    {"two who fight again break their truce, also where both stand on one side",
     {{"a", "1961-03-02", "e t=sign c=057 p=SUPPORT st=a s=BOL,CHL k=truce x=a_truce\n"},
      {"b", "1961-03-12", "e t=fighting c=190 p=ASSAULT st=a s=BOL,CHL d=1961-03-11\n"}},
     {{"1961-03-03", "agreement", "BOL", "signed", 0, 1, NULL},
      {"1961-03-12", "agreement", "BOL", "violated", 0, 1, NULL}}},
    {"a border that was reopened, nobody says by whom",
     {{"a", "1961-03-02", "e t=close c=191 p=COERCE.restrict st=a s=BOL g=CHL k=border\n"},
      {"b", "1961-03-12", "e t=reopen c=081 p=CONCEDE st=a g=CHL k=border\n"}},
     {{"1961-03-03", "sanction", "BOL", "imposed", 0, 1, NULL},
      {"1961-03-12", "sanction", "BOL", "lifted", 0, 1, NULL}}},
    {"a demand of long ago is not answered by a bare word",
     {{"a", "1961-03-02", "e t=demand c=1056 p=REQUEST st=a s=BOL g=CHL k=reopen,port x=reopen_the_port\n"},
      {"b", "1961-09-09",
       "e t=reject c=120 p=REJECT st=a s=CHL k=demand con=1 x=the_demand\ne t=demand c=100 p=REQUEST st=a g=CHL of=0\n"}},
     {{"1961-09-09", "demand", "BOL", "lapsed", 0, 1, NULL}}},
    {"an answer by nobody finds the one offer of these days, unless the document is about others",
     {{"a", "1961-03-02", "e t=offer c=030 p=AGREE st=a s=NOR g=SDN k=mediate x=mediate\n"},
      {"b", "1961-03-05",
       "e t=meet c=040 p=CONSULT st=a s=KEN g=SOM\ne t=reject c=120 p=REJECT st=a k=offer x=the_offer\n"}},
     {{"1961-03-05", "offer", "NOR", "open", 0, 1, NULL}}},
    {"an answer by nobody in a document that names nobody",
     {{"a", "1961-03-02", "e t=offer c=030 p=AGREE st=a s=NOR g=SDN k=mediate x=mediate\n"},
      {"b", "1961-03-05", "e t=reject c=120 p=REJECT st=a k=offer x=the_offer\n"}},
     {{"1961-03-05", "offer", "NOR", "rejected", 0, 1, NULL}}},
    {"a nurse stabbed by a burglar is no war; guns of two armies are",
     {{"a", "1984-05-05", "e t=kill c=182 p=ASSAULT st=a s=%KEN:CRM g=%KEN:HLH k=nurse\n"},
      {"b", "1984-05-06", "e t=shell c=194 p=ASSAULT st=a s=%UGA:MIL g=%KEN:MIL k=border\n"}},
     {{"1984-05-05", "hostility", "", "", -1, 0, NULL}, {"1984-05-06", "hostility", "UGA", "ongoing", 0, 1, NULL}}},
    {"what two agree on between themselves accepts no offer of a third of which no word is known",
     {{"a", "1973-04-02",
       "e t=offer c=033 p=AGREE st=a s=JPN g=%LAO:HLH\n"
       "e t=agree c=030 p=AGREE st=a s=LAO,VNM k=share,power\n"}},
     {{"1973-04-02", "offer", "JPN", "open", 0, 1, NULL}}},
    {"an agreement to resume relations restores them; the two who fought have one name and are two",
     {{"a", "1973-04-02",
       "e t=cut c=161 p=SANCTION st=a s=MAR g=DZA k=relation,diplomatic\n"
       "e t=fight c=190 p=ASSAULT st=a s=%ECU:MIL,%PER:MIL k=valley\n"},
      {"b", "1973-05-02",
       "e t=agree c=030 p=AGREE st=a s=MAR,DZA k=resume,relation,diplomatic\n"
       "e t=cease c=087 p=RETREAT st=a s=ECU,PER k=fire,valley\n"}},
     {{"1973-04-02", "relation", "MAR", "severed", 0, 1, NULL},
      {"1973-05-02", "relation", "DZA", "restored", 0, 1, NULL},
      {"1973-05-02", "hostility", "ECU", "paused", 0, 1, NULL}}},
    {"a threat that is taken back does not stand",
     {{"a", "1991-02-01", "e t=threaten c=130 p=THREATEN st=a s=BRA g=PER k=close,river x=close_the_river\n"},
      {"b", "1991-02-04",
       "e t=take c=080 p=CONCEDE st=a s=BRA k=threat con=1\ne t=threat c=130 p=THREATEN st=a s=BRA of=0\n"}},
     {{"1991-02-03", "threat", "BRA", "standing", 0, 1, NULL},
      {"1991-02-04", "threat", "BRA", "withdrawn", 0, 1, NULL}}},
    {"the answer stands before the demand in one article, and its link is used",
     {{"a", "1995-01-10",
       "e t=reject c=120 p=REJECT st=a s=ECU g=PER k=demand,settlement con=1 x=Peru's_demand_for_a_settlement\n"
       "e t=demand c=100 p=REQUEST st=a s=PER g=ECU k=settlement,border x=a_border_settlement\n"
       "e t=demand c=100 p=REQUEST st=a s=PER g=ECU k=release,pilot,hostage x=release_of_the_pilot\n"}},
     {{"1995-01-10", "demand", "PER", "rejected", -1, 2, "settlement"},
      {"1995-01-10", "demand", "PER", "open", -1, 2, "pilot"}}},
    {"the same demand in other words opens no second item; another one does",
     {{"a", "1995-01-10",
       "e t=demand c=1056 p=REQUEST st=a s=PER g=ECU k=withdraw,patrol,valley con=1\ne t=withdraw c=0874 p=RETREAT st=h s=ECU of=0\n"},
      {"b", "1995-01-12",
       "e t=insist c=1056 p=REQUEST st=a s=@Alberto_Fujimori/PER g=ECU k=pull,patrol,valley con=1\ne t=pull c=0874 p=RETREAT st=h s=ECU of=0\n"},
      {"c", "1995-01-13",
       "e t=demand c=1042 p=REQUEST st=a s=PER g=ECU k=apology,map,atlas,school con=1\ne t=apologise c=055 p=CONCEDE st=h s=ECU of=0\n"}},
     {{"1995-01-12", "demand", "PER", "open", 0, 1, NULL}, {"1995-01-13", "demand", "PER", "open", 0, 2, NULL}}},
    {"not rejected and not answered yet: deferred; then accepted, then done",
     {{"a", "1995-01-10",
       "e t=demand c=1053 p=REQUEST st=a s=PER g=ECU k=release,pilot con=1\ne t=release c=0841 p=RETREAT.release st=h s=ECU k=pilot of=0\n"},
      {"b", "1995-01-11", "e t=reject c=120 p=REJECT st=a- s=ECU g=PER k=demand\n"},
      {"c", "1995-01-12", "e t=agree c=030 p=AGREE st=a s=ECU g=PER k=demand\n"},
      {"d", "1995-01-15", "e t=release c=0841 p=RETREAT.release st=a s=ECU g=PER k=pilot\n"}},
     {{"1995-01-11", "demand", "PER", "deferred", 0, 1, NULL},
      {"1995-01-12", "demand", "PER", "accepted", 0, 1, NULL},
      {"1995-01-15", "demand", "PER", "met", 0, 1, NULL}}},
    {"an offer is accepted, another by the same hand is withdrawn",
     {{"a", "1995-02-01",
       "e t=offer c=039 p=AGREE st=a s=BRA g=PER,ECU k=mediate con=1\ne t=mediate c=045 p=CONSULT st=h s=BRA of=0\n"
       "e t=offer c=0331 p=AGREE st=a s=BRA g=ECU k=loan,credit,bank\n"},
      {"b", "1995-02-03",
       "e t=accept c=038 p=AGREE st=a s=ECU g=BRA k=offer,mediate con=1\ne t=mediate c=045 p=CONSULT st=h s=BRA of=0\n"
       "e t=withdraw c=120 p=REJECT st=a s=BRA g=ECU k=offer,credit,loan\n"}},
     {{"1995-02-02", "offer", "BRA", "open", 0, 2, "mediate"},
      {"1995-02-03", "offer", "BRA", "accepted", 0, 2, "mediate"},
      {"1995-02-03", "offer", "BRA", "withdrawn", 0, 2, "loan"}}},
    {"an offer to nobody in particular is refused in other words",
     {{"a", "1995-02-01",
       "e t=offer c=036 p=AGREE st=a s=@Sixto_Duran/ECU k=talk x=talks con=1\ne t=talk c=046 p=CONSULT st=h of=0\n"},
      {"b", "1995-02-03",
       "e t=offer c=036 p=AGREE st=a s=ECU k=talk x=talks con=1\ne t=talk c=046 p=CONSULT st=h s=ECU of=0\n"
       "e t=rule c=125 p=REJECT st=a s=PER k=negotiation x=negotiations con=3\ne t=negotiation c=046 p=CONSULT st=h of=2\n"}},
     {{"1995-02-02", "offer", "ECU", "open", 0, 1, NULL}, {"1995-02-03", "offer", "ECU", "rejected", 0, 1, NULL}}},
    {"a threat becomes due by its condition, and is carried out",
     {{"a", "1995-01-20",
       "e t=threaten c=138 p=THREATEN.violence st=a s=PER g=ECU k=bomb,base con=1 cond=2 if=Ecuador_fires_again\n"
       "e t=bomb c=195 p=ASSAULT.aerial st=h s=PER g=ECU k=base of=0\ne t=fire c=194 p=ASSAULT st=h s=ECU g=PER cof=0\n"},
      {"b", "1995-01-22", "e t=fire c=194 p=ASSAULT.heavy-weapons st=a s=ECU g=PER k=mortar\n"},
      {"c", "1995-01-24", "e t=bomb c=195 p=ASSAULT.aerial st=a s=PER g=ECU k=base\n"}},
     {{"1995-01-20", "threat", "PER", "standing", 0, 1, NULL},
      {"1995-01-22", "threat", "PER", "standing", 1, 1, NULL},
      {"1995-01-24", "threat", "PER", "carried_out", 0, 1, NULL}}},
    {"an ultimatum is due after its deadline, a threat lapses after ninety days of silence",
     {{"a", "1995-01-20",
       "e t=ultimatum c=139 p=THREATEN st=a s=PER g=ECU k=leave,valley x=leave_the_valley dl=1995-01-25\n"}},
     {{"1995-01-25", "threat", "PER", "standing", 0, 1, NULL},
      {"1995-01-26", "threat", "PER", "standing", 1, 1, NULL},
      {"1995-04-24", "threat", "PER", "standing", 1, 1, NULL},
      {"1995-04-25", "threat", "PER", "lapsed", 0, 1, NULL}}},
    {"a failed condition: the refusal makes the threat due",
     {{"a", "2001-03-01",
       "e t=warn c=1312 p=THREATEN.restrict st=a s=NGA g=LBR k=sanction if=Liberia_refused_to_comply con=1\n"
       "e t=sanction c=163 p=SANCTION st=h s=NGA g=LBR of=0\n"},
      {"b", "2001-03-05", "e t=refuse c=124 p=REJECT st=a s=LBR g=NGA k=comply\n"}},
     {{"2001-03-04", "threat", "NGA", "standing", 0, 1, NULL},
      {"2001-03-05", "threat", "NGA", "standing", 1, 1, NULL}}},
    {"a promise is kept, another broken",
     {{"a", "1995-02-17",
       "e t=promise c=0353 p=AGREE st=a s=ECU g=PER k=free,prisoner con=1\ne t=free c=0841 p=RETREAT.release st=h s=ECU k=prisoner of=0\n"
       "e t=pledge c=030 p=AGREE st=a s=PER g=ECU k=fly,zone,aircraft con=3\ne t=fly c=195 p=ASSAULT st=h- s=PER k=zone,aircraft of=2\n"},
      {"b", "1995-02-20",
       "e t=free c=0841 p=RETREAT.release st=a s=ECU g=PER k=prisoner\ne t=fly c=195 p=ASSAULT st=a s=PER g=ECU k=zone,aircraft\n"}},
     {{"1995-02-17", "commitment", "ECU", "standing", 0, 0, "free"},
      {"1995-02-20", "commitment", "ECU", "kept", 0, 0, "free"},
      {"1995-02-20", "commitment", "PER", "broken", 0, 0, "fly"}}},
    {"a meeting is planned, postponed, held; another is cancelled",
     {{"a", "1995-03-01",
       "e t=meet c=040 p=CONSULT st=f s=PER g=ECU d=1995-03-10 at=Brasilia/BRA\ne t=summit c=040 p=CONSULT st=f s=CHL g=ARG d=1995-03-20 at=Santiago/CHL\n"},
      {"b", "1995-03-09", "e t=postpone c=120 p=REJECT st=a s=PER g=ECU k=meeting\n"},
      {"c", "1995-03-13",
       "e t=meet c=040 p=CONSULT st=a s=PER g=ECU d=1995-03-12 at=Brasilia/BRA\ne t=cancel c=120 p=REJECT st=a s=ARG g=CHL k=summit\n"}},
     {{"1995-03-01", "meeting", "PER", "planned", 0, 1, NULL},
      {"1995-03-09", "meeting", "PER", "postponed", 0, 1, NULL},
      {"1995-03-12", "meeting", "PER", "held", 0, 1, NULL},
      {"1995-03-12", "meeting", "CHL", "planned", 0, 1, NULL},
      {"1995-03-13", "meeting", "CHL", "cancelled", 0, 1, NULL}}},
    {"a deployment grows and shrinks",
     {{"a", "1995-01-27", "e t=deploy c=154 p=MOBILIZE.troops st=a s=PER g=ECU k=troop at=Bagua/PER q=troops:2000\n"},
      {"b", "1995-01-29",
       "e t=reinforce c=154 p=MOBILIZE.troops st=a s=%PER:MIL g=ECU k=troop,more at=Bagua/PER q=troops:5000\n"},
      {"c", "1995-03-01", "e t=withdraw c=0874 p=RETREAT.withdraw st=a s=PER k=troop at=Bagua/PER q=troops:3000\n"},
      {"d", "1995-05-01", "e t=withdraw c=0874 p=RETREAT.withdraw st=a s=PER k=troop,last at=Bagua/PER\n"}},
     {{"1995-01-27", "deployment", "PER", "in_place", 0, 1, NULL},
      {"1995-01-29", "deployment", "PER", "growing", 0, 1, NULL},
      {"1995-03-01", "deployment", "PER", "reduced", 0, 1, NULL},
      {"1995-05-01", "deployment", "PER", "withdrawn", 0, 1, NULL}}},
    {"a sanction by several is eased when one of them ends it, and a background mention takes no step back",
     {{"a", "1996-07-31", "e t=impose c=163 p=SANCTION.discontinue st=a s=TZA,KEN,UGA g=BDI k=embargo,trade,border\n"},
      {"b", "1997-04-16", "e t=lift c=085 p=RETREAT st=a s=KEN g=BDI k=embargo,trade\n"},
      {"c", "1997-05-01", "e t=embargo c=163 p=SANCTION.discontinue st=y s=TZA,KEN,UGA g=BDI k=embargo,trade\n"},
      {"d", "1999-01-23", "e t=lift c=085 p=RETREAT st=a s=TZA,KEN,UGA g=BDI k=embargo,trade\n"}},
     {{"1996-08-01", "sanction", "BDI", "imposed", 0, 1, NULL},
      {"1997-05-02", "sanction", "BDI", "eased", 0, 1, NULL},
      {"1999-01-23", "sanction", "BDI", "lifted", 0, 1, NULL}}},
    {"a threat is told without its issuer before it is told with him; the condition is kept",
     {{"a", "1995-02-01",
       "e t=threaten c=1312 p=THREATEN st=a g=ECU k=embargo,oil,bank con=1 cond=2 if=it_attacks\ne t=embargo c=163 p=SANCTION st=h g=ECU of=0\n"
       "e t=attack c=190 p=ASSAULT st=h s=ECU cof=0\n"
       "e t=threaten c=1312 p=THREATEN st=a s=BRA g=ECU k=embargo,oil,bank con=4\ne t=embargo c=163 p=SANCTION st=h s=BRA g=ECU of=3\n"},
      {"b", "1995-02-05", "e t=attack c=190 p=ASSAULT st=a s=ECU g=PER\n"}},
     {{"1995-02-02", "threat", "BRA", "standing", 0, 1, NULL},
      {"1995-02-05", "threat", "BRA", "standing", 1, 1, NULL}}},
    {"all that is left is lifted, in several words of one report",
     {{"a", "1995-02-01", "e t=close c=191 p=COERCE.restrict st=a s=ECU k=airspace,flight,television\n"},
      {"b", "1995-07-16",
       "e t=reopen c=080 p=CONCEDE st=a s=ECU k=sky,flight,closure\ne t=lift c=081 p=CONCEDE st=a s=ECU k=restriction,use,airspace,remaining\n"
       "e t=end c=081 p=CONCEDE st=a s=ECU k=ban,confrontation\n"}},
     {{"1995-02-02", "sanction", "ECU", "imposed", 0, 1, NULL},
      {"1995-07-16", "sanction", "ECU", "lifted", 0, 1, NULL}}},
    {"a truce is signed and violated, the fighting pauses and flares up",
     {{"a", "1995-02-01", "e t=shell c=194 p=ASSAULT.heavy-weapons st=a s=PER g=ECU\n"},
      {"b", "1995-02-17",
       "e t=sign c=057 p=SUPPORT st=a s=PER,ECU k=ceasefire,agreement x=a_ceasefire\ne t=ceasefire c=0871 p=CONCEDE st=a s=PER,ECU k=ceasefire\n"},
      {"c", "1995-02-22", "e t=shell c=194 p=ASSAULT.heavy-weapons st=a s=ECU g=PER\n"}},
     {{"1995-02-01", "hostility", "PER", "ongoing", 0, 1, NULL},
      {"1995-02-17", "hostility", "PER", "paused", 0, 1, NULL},
      {"1995-02-17", "agreement", "ECU", "signed", 0, 1, NULL},
      {"1995-02-22", "hostility", "ECU", "ongoing", 0, 1, NULL},
      {"1995-02-22", "agreement", "ECU", "violated", 0, 1, NULL}}},
    {"relations: one item per pair",
     {{"a", "1992-10-01", "e t=sever c=161 p=SANCTION st=a s=MAR,TUN g=SDN k=diplomatic,tie\n"},
      {"b", "1994-10-01", "e t=restore c=050 p=SUPPORT st=a s=TUN g=SDN k=diplomatic,relation\n"}},
     {{"1993-01-01", "relation", "SDN", "severed", 0, 2, NULL},
      {"1994-10-01", "relation", "TUN", "restored", 0, 1, NULL},
      {"1994-10-01", "relation", "MAR", "severed", 0, 1, NULL}}},
    {"a town is taken and handed back; an island is claimed",
     {{"a", "1998-05-12",
       "e t=capture c=192 p=ASSAULT st=a s=ERI g=ETH at=Badme/ETH\ne t=claim c=100 p=REQUEST st=a s=@Isaias_Afwerki/ERI g=ETH k=region,border at=Zalambessa/ETH\n"},
      {"b", "2000-06-01", "e t=hand c=0842 p=RETREAT st=a s=ERI g=ETH k=town at=Badme/ETH\n"}},
     {{"1998-05-12", "control", "ERI", "occupied", 0, 2, NULL},
      {"1998-05-12", "control", "ERI", "claimed", 0, 2, NULL},
      {"2000-06-01", "control", "ETH", "returned", 0, 2, NULL}}},
    {"an organisation suspends a member and another state joins",
     {{"a", "1995-11-11",
       "e t=suspend c=172 p=SANCTION.expel st=a s=Commonwealth g=NGA\ne t=join c=050 p=AGREE st=a s=MOZ g=Commonwealth\n"}},
     {{"1995-11-11", "membership", "NGA", "suspended", 0, 1, NULL},
      {"1995-11-11", "membership", "MOZ", "member", 0, 1, NULL}}},
    {"tolls: two claims side by side, and a later number of the same claimant",
     {{"a", "1999-06-01",
       "e t=kill c=190 p=ASSAULT st=a s=#Front/ETH g=ERI q=deaths:40 d=1999-05-31 at=Assab/ERI b=ERI\n"
       "e t=kill c=190 p=ASSAULT st=a s=#Front/ETH g=ERI q=deaths:12 d=1999-05-31 at=Assab/ERI b=ETH\n"},
      {"b", "1999-06-03",
       "e t=kill c=190 p=ASSAULT st=a s=#Front/ETH g=ERI q=deaths:46 d=1999-05-31 at=Assab/ERI b=ERI\n"}},
     {{"1999-06-01", "toll", "ERI", "reported", 0, 2, NULL}, {"1999-06-03", "toll", "ERI", "reported", 0, 2, NULL}}},
    {"a plain hypothetical opens nothing, a denied demand neither",
     {{"a", "1995-01-10",
       "e t=attack c=190 p=ASSAULT st=h s=PER g=ECU\ne t=demand c=100 p=REQUEST st=a- s=PER g=ECU k=money\ne t=meet c=040 p=CONSULT st=a- s=PER g=ECU\n"}},
     {{"1995-01-10", "hostility", "PER", "", 0, 0, NULL},
      {"1995-01-10", "demand", "PER", "", 0, 0, NULL},
      {"1995-01-10", "meeting", "PER", "", 0, 0, NULL}}},
};

static dgi_arena *arena;
static dgi_sit_rules *rules;

static int setup(void **state)
{
    (void)state;
    arena = dgi_arena_new(0);
    rules = fx_rules(arena);
    return rules ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    dgi_sit_rules_free(rules);
    dgi_arena_free(arena);
    return 0;
}

static dgi_board *board_of(const struct part *parts, size_t n)
{
    dgi_board *b = dgi_board_new(rules, 0);
    dg_error err = {0};
    for (size_t i = 0; i < n && parts[i].id; i++) {
        struct dgi_ev_doc doc = fx_doc(arena, parts[i].id, parts[i].published, parts[i].events);
        assert_int_equal(dgi_board_apply(b, &doc, NULL, NULL, &err), DG_OK);
    }
    return b;
}

static int n_bad;

static void check(const char *name, const dgi_board *b, const struct want *w)
{
    struct dgi_sit_filter f = {.when = {.as_of = fx_day(w->as_of), .known_on = DGI_NO_DAY, .lapse_days = 0},
                               .actor = w->party,
                               .kinds = 1u << dgi_item_kind_parse(dgi_str(w->kind))};
    int n = 0, good = 0;
    char got[400] = "";
    for (uint32_t i = 0; i < dgi_board_n(b); i++) {
        const struct dgi_sit_item *it = dgi_board_item(b, i);
        struct dgi_item_state st;
        if (!dgi_item_wanted(it, &f, &st))
            continue;
        n++;
        snprintf(got + strlen(got), sizeof got - strlen(got), " [%s%s %.*s]", dgi_item_status_name[st.status],
                 st.due ? " due" : "", (int)it->content.len, it->content.ptr);
        if (dgi_str_is(dgi_str(w->status), dgi_item_status_name[st.status]) && (w->due < 0 || st.due == (bool)w->due) &&
            (!w->content || dgi_str_find(it->content, dgi_str(w->content)) != SIZE_MAX))
            good++;
    }
    if (*w->status ? !good || (w->n && n != w->n) : n != 0)
        fprintf(stderr, "%s: on %s want %d x %s %s %s%s, got%s\n", name, w->as_of, w->n, w->kind, w->party, w->status,
                w->due > 0 ? " due" : "", *got ? got : " nothing"),
            n_bad++;
}

static void stories_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        dgi_board *b = board_of(stories[i].parts, 6);
        for (size_t k = 0; k < 14 && stories[i].wants[k].as_of; k++)
            check(stories[i].name, b, &stories[i].wants[k]);
        dgi_board_free(b);
    }
    assert_int_equal(n_bad, 0);
}

/* known-on D is what a board of the documents up to D says */
static void known_on_is_a_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        dgi_board *all = board_of(stories[i].parts, 6);
        for (size_t n = 1; n < 6 && stories[i].parts[n].id; n++) {
            dgi_board *some = board_of(stories[i].parts, n);
            struct dgi_sit_when w = {DGI_NO_DAY, fx_day(stories[i].parts[n - 1].published), 0, NULL, NULL},
                                none = {DGI_NO_DAY, DGI_NO_DAY, 0, NULL, NULL};
            for (uint32_t k = 0; k < dgi_board_n(some); k++) {
                struct dgi_item_state a, b;
                const struct dgi_sit_item *it = dgi_board_find(all, dgi_board_item(some, k)->id);
                assert_non_null(it);
                assert_true(dgi_item_at(it, &w, &a) && dgi_item_at(dgi_board_item(some, k), &none, &b));
                assert_int_equal(a.status, b.status);
                assert_int_equal(a.since, b.since);
                assert_int_equal(a.n_seen, b.n_seen);
            }
            dgi_board_free(some);
        }
        dgi_board_free(all);
    }
}

/* each event of a story moves only statuses its kind has, and ids are unique */
static void statuses_fit_their_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        dgi_board *b = board_of(stories[i].parts, 6);
        for (uint32_t k = 0; k < dgi_board_n(b); k++) {
            const struct dgi_sit_item *it = dgi_board_item(b, k);
            assert_true(it->n_history > 0 && it->history[0].status != DGI_IS_NONE);
            for (uint32_t h = 0; h < it->n_history; h++)
                assert_true(it->history[h].status == DGI_IS_NONE ||
                            dgi_item_status_allowed(rules, it->kind, it->history[h].status));
            for (uint32_t m = 0; m < k; m++)
                assert_false(dgi_str_eq(it->id, dgi_board_item(b, m)->id));
        }
        dgi_board_free(b);
    }
}

static void parties_back_each_other(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        double lo, hi;
    } t[] = {
        {"FRA", "FRA", 1, 1},
        {"@Jacques_Chirac/FRA", "FRA", 0.8, 0.9},
        {"%FRA:MIL", "FRA", 0.8, 0.9},
        {"%FRA:REB", "FRA", 0.1, 0.45},
        {"FRA", "NATO", 0.5, 0.6},
        {"FRA", "DEU", 0, 0},
        {"NATO", "EU", 0, 0.6},
        {"#Front/MLI", "MLI", 0.1, 0.45},
        {"#Front/MLI", "#Army/MLI", 0, 0.3},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_ev_actor a, b;
        fx_actor(arena, &a, dgi_str(t[i].a));
        fx_actor(arena, &b, dgi_str(t[i].b));
        double s = dgi_sit_party(rules, &a, &b), r = dgi_sit_party(rules, &b, &a);
        if (s < t[i].lo || s > t[i].hi || s != r)
            fail_msg("%s ~ %s: %g and %g", t[i].a, t[i].b, s, r);
    }
}

static void what_if_changes_nothing(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"a", "1995-01-20",
         "e t=threaten c=138 p=THREATEN.violence st=a s=PER g=ECU k=bomb,base con=1 cond=2 if=Ecuador_fires_again\n"
         "e t=bomb c=195 p=ASSAULT.aerial st=h s=PER g=ECU k=base of=0\ne t=fire c=194 p=ASSAULT st=h s=ECU g=PER cof=0\n"
         "e t=sign c=057 p=SUPPORT st=a s=PER,ECU k=ceasefire,agreement x=a_ceasefire d=1995-01-02\n"}};
    dgi_board *b = board_of(parts, 1);
    struct dgi_ev_doc hyp = fx_doc(arena, "if", "1995-01-21", "e t=attack c=190 p=ASSAULT st=h s=ECU g=PER\n");
    struct dgi_sit_effects e;
    struct dgi_sit_when w = {fx_day("1995-01-21"), DGI_NO_DAY, 0, NULL, NULL};
    dg_error err;
    struct dgi_buf before = {0}, after = {0}, out = {0};
    struct dgi_sit_filter f = {.when = w};
    dgi_board_json(&before, b, &f);
    assert_int_equal(dgi_board_what_if(b, &hyp, &w, &e, arena, &err), DG_OK);
    dgi_board_json(&after, b, &f);
    assert_true(dgi_str_eq(dgi_buf_str(&before), dgi_buf_str(&after)));
    bool due = false, breaks = false;
    for (uint32_t i = 0; i < e.n; i++) {
        due |= e.list[i].item->kind == DGI_IT_THREAT && e.list[i].effect == DGI_EFF_DUE;
        breaks |= e.list[i].item->kind == DGI_IT_AGREEMENT && e.list[i].effect == DGI_EFF_BREAK;
    }
    assert_true(due && breaks);
    dgi_what_if_json(&out, &hyp, &e, &w);
    assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("\"effect\":\"due\"")) != SIZE_MAX);
    dgi_buf_free(&before);
    dgi_buf_free(&after);
    dgi_buf_free(&out);
    dgi_board_free(b);
}

static bool read_text(struct dgi_tsv *t, const char *text)
{
    char path[] = "/tmp/dg-rules-XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    uint32_t faults = 0;
    fputs(text, f);
    fclose(f);
    bool ok = dgi_tsv_read(t, arena, path, fx_fault, NULL, &faults, NULL) == DG_OK;
    remove(path);
    return ok;
}

/* One table of text in place of the true one of that name; NULL: it is missing. */
static void expect_bad(const char *table, const char *text, const char *message)
{
    struct dgi_tsv list[FX_TABLES];
    dgi_sit_rules *r = NULL;
    dg_error err = {0};
    uint32_t n = FX_TABLES;
    assert_true(fx_tables(list, arena));
    for (uint32_t i = 0; i < n; i++)
        if (dgi_str_is(list[i].name, table)) {
            if (text) {
                assert_true(read_text(&list[i], text));
                list[i].name = dgi_str(table);
            } else
                list[i] = list[--n];
            break;
        }
    assert_int_equal(dgi_sit_rules_from_tsv(&r, list, n, &err), DG_E_LEXICON);
    if (!strstr(err.message, message))
        fail_msg("%s: %s", table, err.message);
}

/* The rows of a true table as text, the one whose id is `id` with column `col` (from 0) changed; col -1: it is left out. */
static const char *changed(const char *table, const char *id, int col, const char *cell)
{
    struct dgi_tsv list[FX_TABLES];
    struct dgi_buf out = {0};
    assert_true(fx_tables(list, arena));
    for (uint32_t i = 0; i < FX_TABLES; i++)
        for (uint32_t r = 0; dgi_str_is(list[i].name, table) && r < list[i].n_rows; r++) {
            const dg_str *row = &list[i].cell[(size_t)r * list[i].n_cols];
            bool this = dgi_str_is(row[0], id);
            for (uint32_t c = 0; c < list[i].n_cols && !(this && col < 0); c++) {
                dg_str text = this && (int)c == col ? dgi_str(cell) : row[c].len ? row[c] : dgi_str("-");
                dgi_buf_printf(&out, "%.*s%s", (int)text.len, text.ptr, c + 1 < list[i].n_cols ? "\t" : "\n");
            }
        }
    const char *text = dgi_arena_printf(arena, "%.*s", (int)out.len, out.ptr).ptr;
    dgi_buf_free(&out);
    return text;
}

static void bad_law_and_words_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *table, *text, *message;
    } t[] = {
        {"status_law", "x\tdemandx\topen\t*\tany\ts\n", "status_law.tsv:1:2"},
        {"status_law", "x\tdemand\topne\t*\tany\ts\n", "status_law.tsv:1:3"},
        {"status_law", "x\tdemand\topen\t!met|mett\tany\ts\n", "status_law.tsv:1:4"},
        {"status_law", "x\tdemand\topen\t*\tlater\ts\n", "status_law.tsv:1:5"},
        {"status_law", "x\tdemand\topen\teased\tany\ts\n", "status_law.tsv:1:4: no status of a demand"},
        {"status_law", NULL, "status_law"},
        {"item_words", "truce.words\tpeace\tpart\tw\n", "item_words.tsv:1:1"},
        {"item_words", "truce.word\tpeace\tanywhere\tw\n", "item_words.tsv:1:3"},
        {"item_words", "truce.word\tpeace\tpart\tw\n", "lacks"},
        {"threat_deeds", "138x\t19\tn\ts\n", "threat_deeds.tsv:1:1"},
        {"threat_deeds", "19\t19\tn\ts\n", "threat_deeds.tsv:1:1: no code of a threat"},
        {"threat_deeds", "138\tforce\tn\ts\n", "threat_deeds.tsv:1:2"},
        {"threat_deeds", NULL, "no table 'threat_deeds'"},
        {"board_scale", NULL, "board_scale"},
        {"item_kinds", NULL, "item_kinds"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        expect_bad(t[i].table, t[i].text, t[i].message);
}

static void bad_kinds_and_numbers_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *table, *id;
        int col;
        const char *cell, *message;
    } t[] = {
        {"item_kinds", "offer", 0, "offers", ":1: unknown kind"},
        {"item_kinds", "offer", 0, "demand", ":1: this kind has a row already"},
        {"item_kinds", "offer", 1, "issuer", ":2: not two known roles"},
        {"item_kinds", "offer", 2, "open|shut", ":3: unknown status"},
        {"item_kinds", "offer", 3, "met", ":4: a status that closes it and is none of its own"},
        {"item_kinds", "offer", 4, "0", ":5: not 1 to"},
        {"item_kinds", "meeting", 4, "90", ":5: silence makes it lapsed"},
        {"item_kinds", "offer", 5, "yes", ":6: neither due nor -"},
        {"item_kinds", "offer", -1, NULL, "table 'item_kinds' lacks 'offer'"},
        {"board_scale", "party_sure", 0, "party_surest", ":1: nobody asks"},
        {"board_scale", "party_sure", 0, "party_same", ":1: this number has a row already"},
        {"board_scale", "party_sure", 1, "1.2", ":2: no number between 0 and 1"},
        {"board_scale", "party_sure", 1, "much", ":2: no number"},
        {"board_scale", "party_sure", 1, "1e999", ":2: no number"},
        {"board_scale", "answer_behind", 1, "60.5", ":2: days are counted in whole numbers"},
        {"board_scale", "answer_behind", 2, "share", ":3: unknown unit"},
        {"board_scale", "reach_none", 4, "1e9", ":5: no number, or above"},
        {"board_scale", "party_sure", 3, "-7", ":4: no number, or below"},
        {"board_scale", "party_sure", -1, NULL, "table 'board_scale' lacks 'party_sure'"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const char *colon = strchr(t[i].message, ':');
        expect_bad(t[i].table, changed(t[i].table, t[i].id, t[i].col, t[i].cell),
                   colon && t[i].message[0] != 't' ? colon : t[i].message);
    }
}

struct told_faults {
    uint32_t n;
    char last[200];
};
static void tell_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct told_faults *f = user;
    f->n++;
    snprintf(f->last, sizeof f->last, "%s:%u:%u: %s", file, line, field, message);
}

/* `lexicon check` goes on after a bad table, and asks nothing of a folder that has none of them. */
static void every_bad_table_is_told(void **state)
{
    (void)state;
    struct dgi_tsv list[FX_TABLES];
    struct told_faults f = {0, ""};
    assert_true(fx_tables(list, arena));
    dgi_sit_rules_check(list, FX_TABLES, tell_fault, &f);
    assert_int_equal(f.n, 0);
    dgi_sit_rules_check(list, 0, tell_fault, &f);
    assert_int_equal(f.n, 0);
    for (uint32_t i = 0; i < FX_TABLES; i++)
        if (dgi_str_is(list[i].name, "board_scale") || dgi_str_is(list[i].name, "status_law")) {
            dg_str name = list[i].name;
            assert_true(read_text(&list[i], "x\ty\tz\tz\tz\tz\tz\n"));
            list[i].name = name;
        }
    dgi_sit_rules_check(list, FX_TABLES, tell_fault, &f);
    assert_int_equal(f.n, 2);
    assert_non_null(strstr(f.last, "board_scale.tsv:1:1"));
}

/* The longest code that fits counts, and a row of one's own moves the deed. */
static void threats_name_their_deed(void **state)
{
    (void)state;
    assert_string_equal(dgi_threatened_deed(rules, "1382"), "192");
    assert_string_equal(dgi_threatened_deed(rules, "138"), "19");
    assert_string_equal(dgi_threatened_deed(rules, "1324"), "172");
    assert_string_equal(dgi_threatened_deed(rules, "130"), "");
    assert_string_equal(dgi_threatened_deed(rules, ""), "");
}

static void bad_rules_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *row, *message;
    } t[] = {
        {"x\t1\tdemand\topen\theld\t10\ta+\t-\ts>t\te\ts\n", "items.tsv:1:5"},
        {"x\t1\tdemandx\topen\topen\t10\ta+\t-\ts>t\te\ts\n", "items.tsv:1:3"},
        {"x\tone\tdemand\topen\topen\t10\ta+\t-\ts>t\te\ts\n", "items.tsv:1:2"},
        {"x\t1\tdemand\topen\topen\t10\ta?\t-\ts>t\te\ts\n", "items.tsv:1:7"},
        {"x\t1\tdemand\topen\topen\t10\ta+\tz=1\ts>t\te\ts\n", "items.tsv:1:8"},
        {"x\t1\tdemand\topen\topen\t10\ta+\t-\tt>s\te\ts\n", "items.tsv:1:9"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        expect_bad("items", t[i].row, t[i].message);
}

/* The lines used to be sorted in memory of their own, and without it an item had no history and no error was told. */
static void lines_come_by_date_as_many_as_asked(void **state)
{
    (void)state;
    struct dgi_sit_change h[40] = {{0}};
    struct dgi_sit_item it = {.rules = rules, .history = h, .n_history = 40};
    struct dgi_sit_when w = {DGI_NO_DAY, DGI_NO_DAY, 0, NULL, NULL};
    const struct dgi_sit_change *all[40], *some[40];
    uint8_t status[40];
    for (int i = 0; i < 40; i++)
        h[i].date = (i * 7) % 10;
    assert_int_equal(dgi_item_lines(&it, &w, all, status, 40), 40);
    for (uint32_t i = 1; i < 40; i++)
        assert_true(all[i - 1]->date < all[i]->date || (all[i - 1]->date == all[i]->date && all[i - 1] < all[i]));
    for (uint32_t max = 0; max < 40; max++) {
        assert_int_equal(dgi_item_lines(&it, &w, some, status, max), max);
        assert_true(!max || !memcmp(some, all, max * sizeof *some));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_by_date_as_many_as_asked),
        cmocka_unit_test(stories_hold),
        cmocka_unit_test(known_on_is_a_prefix),
        cmocka_unit_test(statuses_fit_their_kind),
        cmocka_unit_test(parties_back_each_other),
        cmocka_unit_test(what_if_changes_nothing),
        cmocka_unit_test(bad_law_and_words_are_named),
        cmocka_unit_test(bad_kinds_and_numbers_are_named),
        cmocka_unit_test(every_bad_table_is_told),
        cmocka_unit_test(threats_name_their_deed),
        cmocka_unit_test(bad_rules_are_named),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
