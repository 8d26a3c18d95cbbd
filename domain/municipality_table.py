"""Every municipality (gemeente) there was since 1999, as the register TOOI knows it.

Source: TOOI (Thesaurus en Ontologie van de Overheidsinformatie), the register "gemeenten compleet",
edition 4, published on standaarden.overheid.nl as open data of the Dutch government (CC0 1.0). Only
code, name and the days on which a code began and ended were taken over: 605 municipalities, 342 of
them current.

Written `0416 Langedijk /2021-12-31`: code, name, the first day where the register has one, and
after a slash the last day where it ended.
"""

EDITION = "TOOI gemeenten compleet 4"

ROWS = """\
0003 Appingedam /2020-12-31 | 0005 Bedum /2018-12-31 | 0007 Bellingwedde /2017-12-31 |
0009 Ten Boer /2018-12-31 | 0010 Delfzijl /2020-12-31 | 0014 Groningen |
0015 Grootegast /2018-12-31 | 0017 Haren /2018-12-31 | 0018 Hoogezand-Sappemeer /2017-12-31 |
0022 Leek /2018-12-31 | 0024 Loppersum /2020-12-31 | 0025 Marum /2018-12-31 | 0034 Almere |
0037 Stadskanaal | 0039 Scheemda /2009-12-31 | 0040 Slochteren /2017-12-31 | 0047 Veendam |
0048 Vlagtwedde /2017-12-31 | 0050 Zeewolde | 0051 Skarsterlân /2013-12-31 |
0052 Winschoten /2009-12-31 | 0053 Winsum /2018-12-31 | 0055 Boarnsterhim /2013-12-31 |
0056 Zuidhorn /2018-12-31 | 0058 Dongeradeel /2018-12-31 | 0059 Achtkarspelen | 0060 Ameland |
0063 het Bildt /2017-12-31 | 0064 Bolsward /2010-12-31 | 0065 Dantumadeel /2008-12-31 |
0070 Franekeradeel /2017-12-31 | 0072 Harlingen | 0074 Heerenveen |
0079 Kollumerland en Nieuwkruisland /2018-12-31 | 0080 Leeuwarden |
0081 Leeuwarderadeel /2017-12-31 | 0082 Lemsterland /2013-12-31 | 0083 Menaldumadeel /2010-12-31 |
0085 Ooststellingwerf | 0086 Opsterland | 0088 Schiermonnikoog | 0090 Smallingerland |
0091 Sneek /2010-12-31 | 0093 Terschelling | 0096 Vlieland | 0098 Weststellingwerf |
0104 Nijefurd /2010-12-31 | 0106 Assen | 0109 Coevorden | 0114 Emmen | 0118 Hoogeveen | 0119 Meppel |
0140 Littenseradiel /2017-12-31 | 0141 Almelo | 0142 Ambt Delden /2000-12-31 |
0143 Avereest /2000-12-31 | 0144 Bathmen /2004-12-31 | 0147 Borne | 0148 Dalfsen |
0149 Denekamp /2002-05-31 | 0150 Deventer | 0151 Diepenheim /2000-12-31 | 0153 Enschede |
0154 Genemuiden /2000-12-31 | 0156 Goor /2000-12-31 | 0157 Gramsbergen /2000-12-31 |
0158 Haaksbergen | 0159 Den Ham /2000-12-31 | 0160 Hardenberg | 0161 Hasselt /2000-12-31 |
0162 Heino /2000-12-31 | 0163 Hellendoorn | 0164 Hengelo | 0165 Holten /2000-12-31 | 0166 Kampen |
0168 Losser | 0169 Markelo /2000-12-31 | 0170 Nieuwleusen /2000-12-31 | 0171 Noordoostpolder |
0173 Oldenzaal | 0174 Olst /2002-03-25 | 0175 Ommen | 0176 Ootmarsum /2000-12-31 | 0177 Raalte |
0178 Rijssen /2003-03-14 | 0179 Stad Delden /2000-12-31 | 0180 Staphorst |
0181 Steenwijk /2002-12-31 | 0183 Tubbergen | 0184 Urk | 0186 Vriezenveen /2002-05-31 |
0188 Weerselo /2000-12-31 | 0189 Wierden | 0190 Wijhe /2000-12-31 | 0191 IJsselmuiden /2000-12-31 |
0192 Zwartsluis /2000-12-31 | 0193 Zwolle | 0194 Brederwiede /2000-12-31 |
0195 IJsselham /2000-12-31 | 0196 Rijnwaarden /2017-12-31 | 0197 Aalten | 0199 Angerlo /2004-12-31 |
0200 Apeldoorn | 0202 Arnhem | 0203 Barneveld | 0206 Bemmel /2002-12-31 | 0207 Bergh /2004-12-31 |
0209 Beuningen | 0211 Borculo /2004-12-31 | 0213 Brummen | 0214 Buren | 0216 Culemborg |
0218 Didam /2004-12-31 | 0219 Dinxperlo /2004-12-31 | 0220 Dodewaard /2001-12-31 | 0221 Doesburg |
0222 Doetinchem | 0225 Druten | 0226 Duiven | 0227 Echteld /2001-12-31 | 0228 Ede |
0229 Eibergen /2004-12-31 | 0230 Elburg | 0231 Elst /2000-12-31 | 0232 Epe | 0233 Ermelo |
0236 Geldermalsen /2018-12-31 | 0237 Gendringen /2004-12-31 | 0238 Gendt /2000-12-31 |
0239 Gorssel /2004-12-31 | 0240 Groenlo /2006-05-18 | 0241 Groesbeek /2015-12-31 | 0243 Harderwijk |
0244 Hattem | 0246 Heerde | 0251 Heteren /2000-12-31 | 0252 Heumen | 0253 Hoevelaken /1999-12-31 |
0255 Huissen /2000-12-31 | 0256 Hummelo en Keppel /2004-12-31 | 0258 Kesteren /2003-03-31 |
0260 Lichtenvoorde /2004-12-31 | 0262 Lochem | 0263 Maasdriel |
0265 Millingen aan de Rijn /2014-12-31 | 0266 Neede /2004-12-31 | 0267 Nijkerk | 0268 Nijmegen |
0269 Oldebroek | 0273 Putten | 0274 Renkum | 0275 Rheden | 0277 Rozendaal | 0278 Ruurlo /2004-12-31 |
0279 Scherpenzeel | 0280 Steenderen /2004-12-31 | 0281 Tiel | 0282 Ubbergen /2014-12-31 |
0283 Valburg /2000-12-31 | 0285 Voorst | 0286 Vorden /2004-12-31 | 0289 Wageningen |
0291 Warnsveld /2004-12-31 | 0292 Wehl /2004-12-31 | 0293 Westervoort | 0294 Winterswijk |
0295 Wisch /2004-12-31 | 0296 Wijchen | 0297 Zaltbommel | 0298 Zelhem /2004-12-31 | 0299 Zevenaar |
0301 Zutphen | 0302 Nunspeet | 0303 Dronten | 0304 Neerijnen /2018-12-31 | 0305 Abcoude /2010-12-31 |
0306 Amerongen /2005-12-31 | 0307 Amersfoort | 0308 Baarn | 0310 De Bilt |
0311 Breukelen /2010-12-31 | 0312 Bunnik | 0313 Bunschoten | 0315 Doorn /2005-12-31 |
0316 Driebergen-Rijsenburg /2005-12-31 | 0317 Eemnes | 0318 Harmelen /2000-12-31 | 0321 Houten |
0326 Leersum /2005-12-31 | 0327 Leusden | 0329 Loenen /2010-12-31 | 0330 Loosdrecht /2001-12-31 |
0331 Lopik | 0332 Maarn /2005-12-31 | 0333 Maarssen /2010-12-31 | 0334 Maartensdijk /2000-12-31 |
0335 Montfoort | 0339 Renswoude | 0340 Rhenen | 0342 Soest | 0344 Utrecht | 0345 Veenendaal |
0347 Vleuten-De Meern /2000-12-31 | 0351 Woudenberg | 0352 Wijk bij Duurstede | 0353 IJsselstein |
0355 Zeist | 0356 Nieuwegein | 0357 Egmond /2000-12-31 | 0358 Aalsmeer | 0360 Akersloot /2001-12-31 |
0361 Alkmaar | 0362 Amstelveen | 0363 Amsterdam | 0364 Andijk /2010-12-31 |
0365 Graft-De Rijp /2014-12-31 | 0366 Anna Paulowna /2011-12-31 | 0370 Beemster /2021-12-31 |
0372 Bennebroek /2008-12-31 | 0373 Bergen (NH) | 0375 Beverwijk | 0376 Blaricum | 0377 Bloemendaal |
0381 Bussum /2015-12-31 | 0383 Castricum | 0384 Diemen | 0385 Edam-Volendam | 0388 Enkhuizen |
0390 's-Graveland /2001-12-31 | 0392 Haarlem | 0393 Haarlemmerliede en Spaarnwoude /2018-12-31 |
0394 Haarlemmermeer | 0395 Harenkarspel /2012-12-31 | 0396 Heemskerk | 0397 Heemstede |
0398 Heerhugowaard /2021-12-31 | 0399 Heiloo | 0400 Den Helder | 0402 Hilversum | 0405 Hoorn |
0406 Huizen | 0412 Niedorp /2011-12-31 | 0415 Landsmeer | 0416 Langedijk /2021-12-31 | 0417 Laren |
0418 Limmen /2001-12-31 | 0420 Medemblik | 0424 Muiden /2015-12-31 | 0425 Naarden /2015-12-31 |
0426 Nederhorst den Berg /2001-12-31 | 0429 Obdam /2006-12-31 | 0431 Oostzaan | 0432 Opmeer |
0437 Ouder-Amstel | 0439 Purmerend | 0441 Schagen | 0444 Schoorl /2000-12-31 | 0448 Texel |
0450 Uitgeest | 0451 Uithoorn | 0453 Velsen | 0454 Venhuizen /2005-12-31 | 0457 Weesp /2022-03-23 |
0458 Schermer /2014-12-31 | 0459 Wervershoof /2010-12-31 | 0462 Wieringen /2011-12-31 |
0463 Wieringermeer /2011-12-31 | 0466 Wognum /2006-12-31 | 0473 Zandvoort | 0476 Zijpe /2012-12-31 |
0478 Zeevang /2015-12-31 | 0479 Zaanstad | 0480 Ter Aar /2006-12-31 | 0482 Alblasserdam |
0483 Alkemade /2008-12-31 | 0484 Alphen aan den Rijn | 0489 Barendrecht |
0491 Bergambacht /2014-12-31 | 0492 Bergschenhoek /2006-12-31 |
0493 Berkel en Rodenrijs /2006-12-31 | 0495 Bleiswijk /2006-12-31 | 0497 Bodegraven /2010-12-31 |
0498 Drechterland | 0499 Boskoop /2013-12-31 | 0501 Brielle /2022-12-31 |
0502 Capelle aan den IJssel | 0503 Delft | 0504 Dirksland /2012-12-31 | 0505 Dordrecht |
0511 Goedereede /2012-12-31 | 0512 Gorinchem | 0513 Gouda | 0517 's-Gravendeel /2006-12-31 |
0518 's-Gravenhage | 0519 's-Gravenzande /2003-12-31 | 0523 Hardinxveld-Giessendam |
0526 Heerjansdam /2002-12-31 | 0529 Noorder-Koggenland /2006-12-31 |
0530 Hellevoetsluis /2022-12-31 | 0531 Hendrik-Ido-Ambacht | 0532 Stede Broec | 0534 Hillegom |
0537 Katwijk | 0542 Krimpen aan den IJssel | 0545 Leerdam /2018-12-31 | 0546 Leiden |
0547 Leiderdorp | 0548 Leidschendam /2001-12-31 | 0552 De Lier /2003-12-31 | 0553 Lisse |
0555 Maasland /2003-12-31 | 0556 Maassluis | 0558 Wester-Koggenland /2006-12-31 |
0559 Middelharnis /2012-12-31 | 0562 Monster /2003-12-31 | 0563 Moordrecht /2009-12-31 |
0565 Naaldwijk /2003-12-31 | 0567 Nieuwerkerk aan den IJssel /2009-12-31 |
0568 Bernisse /2014-12-31 | 0569 Nieuwkoop | 0571 Nieuw-Lekkerland /2012-12-31 | 0575 Noordwijk |
0576 Noordwijkerhout /2018-12-31 | 0577 Nootdorp /2001-12-31 | 0579 Oegstgeest |
0580 Oostflakkee /2012-12-31 | 0584 Oud-Beijerland /2018-12-31 | 0585 Binnenmaas /2018-12-31 |
0588 Korendijk /2018-12-31 | 0589 Oudewater | 0590 Papendrecht | 0594 Pijnacker /2001-12-31 |
0595 Reeuwijk /2010-12-31 | 0597 Ridderkerk | 0599 Rotterdam | 0600 Rozenburg /2010-03-17 |
0602 Rijnsburg /2005-12-31 | 0603 Rijswijk | 0604 Sassenheim /2005-12-31 | 0606 Schiedam |
0607 Schipluiden /2003-12-31 | 0608 Schoonhoven /2014-12-31 | 0610 Sliedrecht |
0611 Cromstrijen /2018-12-31 | 0612 Spijkenisse /2014-12-31 | 0613 Albrandswaard |
0614 Westvoorne /2022-12-31 | 0617 Strijen /2018-12-31 | 0619 Valkenburg /2005-12-31 |
0620 Vianen /2018-12-31 | 0622 Vlaardingen | 0623 Vlist /2014-12-31 | 0624 Voorburg /2001-12-31 |
0625 Voorhout /2005-12-31 | 0626 Voorschoten | 0627 Waddinxveen | 0628 Warmond /2005-12-31 |
0629 Wassenaar | 0630 Wateringen /2003-12-31 | 0632 Woerden | 0637 Zoetermeer | 0638 Zoeterwoude |
0642 Zwijndrecht | 0643 Nederlek /2014-12-31 | 0644 Ouderkerk /2014-12-31 |
0645 Jacobswoude /2008-12-31 | 0650 Axel /2002-12-31 | 0653 Gaasterlân-Sleat /2013-12-31 |
0654 Borsele | 0664 Goes | 0668 West Maas en Waal | 0675 Hontenisse /2002-12-31 | 0677 Hulst |
0678 Kapelle | 0683 Wymbritseradiel /2010-12-31 | 0687 Middelburg | 0689 Giessenlanden /2018-12-31 |
0692 Oostburg /2002-12-31 | 0693 Graafstroom /2012-12-31 | 0694 Liesveld /2012-12-31 |
0703 Reimerswaal | 0704 Sas van Gent /2002-12-31 | 0707 Zederik /2018-12-31 |
0710 Wûnseradiel /2010-12-31 | 0715 Terneuzen | 0716 Tholen | 0717 Veere | 0718 Vlissingen |
0733 Lingewaal /2018-12-31 | 0736 De Ronde Venen | 0737 Tytsjerksteradiel |
0738 Aalburg /2018-12-31 | 0743 Asten | 0744 Baarle-Nassau | 0748 Bergen op Zoom | 0753 Best |
0755 Boekel | 0756 Boxmeer /2021-12-31 | 0757 Boxtel | 0758 Breda | 0762 Deurne | 0765 Pekela |
0766 Dongen | 0770 Eersel | 0772 Eindhoven | 0777 Etten-Leur | 0779 Geertruidenberg |
0781 Geldrop /2003-12-31 | 0784 Gilze en Rijen | 0785 Goirle | 0786 Grave /2021-12-31 |
0788 Haaren /2020-12-31 | 0794 Helmond | 0796 's-Hertogenbosch | 0797 Heusden | 0798 Hilvarenbeek |
0808 Lith /2010-12-31 | 0809 Loon op Zand | 0814 Mierlo /2003-12-31 |
0815 Mill en Sint Hubert /2021-12-31 | 0820 Nuenen, Gerwen en Nederwetten | 0823 Oirschot |
0824 Oisterwijk | 0826 Oosterhout | 0828 Oss | 0835 Ravenstein /2002-12-31 | 0840 Rucphen |
0844 Schijndel /2016-12-31 | 0845 Sint-Michielsgestel | 0846 Sint-Oedenrode /2016-12-31 |
0847 Someren | 0848 Son en Breugel | 0851 Steenbergen | 0852 Waterland | 0855 Tilburg |
0856 Uden /2021-12-31 | 0858 Valkenswaard | 0860 Veghel /2016-12-31 | 0861 Veldhoven | 0865 Vught |
0866 Waalre | 0867 Waalwijk | 0870 Werkendam /2018-12-31 | 0873 Woensdrecht |
0874 Woudrichem /2018-12-31 | 0879 Zundert | 0880 Wormerland | 0881 Onderbanken /2018-12-31 |
0882 Landgraaf | 0885 Arcen en Velden /2009-12-31 | 0888 Beek | 0889 Beesel |
0890 Belfeld /2000-12-31 | 0893 Bergen (L) | 0897 Born /2000-12-31 | 0898 Broekhuizen /2000-12-31 |
0899 Brunssum | 0902 Echt /2002-12-31 | 0905 Eijsden /2010-12-31 | 0906 Geleen /2000-12-31 |
0907 Gennep | 0912 Grubbenvorst /2000-12-31 | 0914 Haelen /2006-12-31 | 0917 Heerlen |
0918 Helden /2009-12-31 | 0920 Heythuysen /2006-12-31 | 0923 Horst /2000-12-31 |
0925 Hunsel /2006-12-31 | 0928 Kerkrade | 0929 Kessel /2009-12-31 | 0933 Maasbracht /2006-12-31 |
0934 Maasbree /2009-12-31 | 0935 Maastricht | 0936 Margraten /2010-12-31 | 0938 Meerssen |
0941 Meijel /2009-12-31 | 0944 Mook en Middelaar | 0946 Nederweert | 0951 Nuth /2018-12-31 |
0957 Roermond | 0962 Schinnen /2018-12-31 | 0964 Sevenum /2009-12-31 | 0965 Simpelveld |
0968 Sittard /2000-12-31 | 0971 Stein | 0974 Susteren /2002-12-31 | 0975 Swalmen /2006-12-31 |
0976 Tegelen /2000-12-31 | 0977 Thorn /2006-12-31 | 0981 Vaals | 0983 Venlo | 0984 Venray |
0986 Voerendaal | 0988 Weert | 0993 Meerlo-Wanssum /2009-12-31 | 0994 Valkenburg aan de Geul |
0995 Lelystad | 1507 Horst aan de Maas 2001-01-01 | 1509 Oude IJsselstreek 2005-01-01 |
1525 Teylingen 2006-01-01 | 1581 Utrechtse Heuvelrug 2006-01-01 | 1586 Oost Gelre 2006-05-19 |
1598 Koggenland 2007-01-01 | 1621 Lansingerland 2007-01-01 | 1640 Leudal 2007-01-01 |
1641 Maasgouw 2007-01-01 | 1651 Eemsmond /2018-12-31 | 1652 Gemert-Bakel | 1655 Halderberge |
1658 Heeze-Leende | 1659 Laarbeek | 1661 Reiderland /2009-12-31 | 1663 De Marne /2018-12-31 |
1666 Zevenhuizen-Moerkapelle /2009-12-31 | 1667 Reusel-De Mierden | 1669 Roerdalen |
1670 Roggel en Neer /2006-12-31 | 1671 Maasdonk /2014-12-31 | 1672 Rijnwoude /2013-12-31 |
1673 Liemeer /2006-12-31 | 1674 Roosendaal | 1676 Schouwen-Duiveland |
1679 Ambt Montfort /2006-12-31 | 1680 Aa en Hunze | 1681 Borger-Odoorn | 1684 Cuijk /2021-12-31 |
1685 Landerd /2021-12-31 | 1690 De Wolden | 1695 Noord-Beveland | 1696 Wijdemeren 2002-01-01 |
1698 Sluis-Aardenburg /2002-12-31 | 1699 Noordenveld | 1700 Twenterand 2002-06-01 | 1701 Westerveld |
1702 Sint Anthonis /2021-12-31 | 1705 Lingewaard 2003-01-01 | 1706 Cranendonck |
1708 Steenwijkerland 2003-01-01 | 1709 Moerdijk | 1711 Echt-Susteren | 1714 Sluis | 1719 Drimmelen |
1721 Bernheze | 1722 Ferwerderadiel /2018-12-31 | 1723 Alphen-Chaam | 1724 Bergeijk | 1728 Bladel |
1729 Gulpen-Wittem 1999-01-01 | 1730 Tynaarlo | 1731 Midden-Drenthe | 1734 Overbetuwe 2001-01-01 |
1735 Hof van Twente 2001-01-01 | 1740 Neder-Betuwe 2003-04-01 | 1742 Rijssen-Holten 2003-03-15 |
1771 Geldrop-Mierlo 2004-01-01 | 1773 Olst-Wijhe 2002-03-26 | 1774 Dinkelland 2002-06-01 |
1783 Westland 2004-01-01 | 1842 Midden-Delfland 2004-01-01 | 1859 Berkelland 2005-01-01 |
1876 Bronckhorst 2005-01-01 | 1883 Sittard-Geleen 2001-01-01 | 1884 Kaag en Braassem 2009-01-01 |
1891 Dantumadiel 2009-01-01 | 1892 Zuidplas 2010-01-01 | 1894 Peel en Maas 2010-01-01 |
1895 Oldambt 2010-01-01 | 1896 Zwartewaterland 2001-01-01 | 1900 Súdwest-Fryslân 2011-01-01 |
1901 Bodegraven-Reeuwijk 2011-01-01 | 1903 Eijsden-Margraten 2011-01-01 |
1904 Stichtse Vecht 2011-01-01 | 1908 Menameradiel 2011-01-01 /2017-12-31 |
1911 Hollands Kroon 2012-01-01 | 1916 Leidschendam-Voorburg 2002-01-01 |
1921 De Friese Meren 2014-01-01 /2015-06-30 | 1924 Goeree-Overflakkee 2013-01-01 |
1926 Pijnacker-Nootdorp 2002-01-01 | 1927 Molenwaard 2013-01-01 /2018-12-31 |
1930 Nissewaard 2015-01-01 | 1931 Krimpenerwaard 2015-01-01 | 1937 Heel /2006-12-31 |
1940 De Fryske Marren 2015-07-01 | 1942 Gooise Meren 2016-01-01 | 1945 Berg en Dal 2016-01-01 |
1948 Meierijstad 2017-01-01 | 1949 Waadhoeke 2018-01-01 | 1950 Westerwolde 2018-01-01 |
1952 Midden-Groningen 2018-01-01 | 1954 Beekdaelen 2019-01-01 | 1955 Montferland 2005-01-01 |
1959 Altena 2019-01-01 | 1960 West Betuwe 2019-01-01 | 1961 Vijfheerenlanden 2019-01-01 |
1963 Hoeksche Waard 2019-01-01 | 1966 Het Hogeland 2019-01-01 | 1969 Westerkwartier 2019-01-01 |
1970 Noardeast-Fryslân 2019-01-01 | 1978 Molenlanden 2019-01-01 | 1979 Eemsdelta 2021-01-01 |
1980 Dijk en Waard 2022-01-01 | 1982 Land van Cuijk 2022-01-01 | 1987 Menterwolde /2017-12-31 |
1991 Maashorst 2022-01-01 | 1992 Voorne aan Zee 2023-01-01
"""
