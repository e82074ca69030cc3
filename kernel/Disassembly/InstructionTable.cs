// The instructions of A64 as the Arm ARM has them (C4): a line each, its bits and its text. The first line that fits is the one,
// so aliases stand in front of what they are aliases of. Text rather than an array, because nothing that needs a constructor can
// be in the image; read by Disassembler.
//
//   bits    0 and 1 are fixed, a letter is a field, spaces mean nothing; d and t (bits 4 to 0), n, a and m name the registers,
//           x is set for 64 bits
//   -       nothing is defined here
//   {f=A|B} the alternative that the field f says; with ! the line does not fit
//   <f:...> only when the field f is not zero
//   %Kf     an operand of the kind K, made of the field f; the kinds are Operand's

using System;

namespace Nestor.Kernel;

internal static class InstructionTable
{
    internal static ReadOnlySpan<byte> Rows =>
        """
        0000000000000000 iiiiiiiiiiiiiiii              udf %#i
        0ii 10000 iiiiiiiiiiiiiiiiiii ddddd            adr %Xd, %Ai
        1ii 10000 iiiiiiiiiiiiiiiiiii ddddd            adrp %Xd, %ai
        x00 100010 0 000000000000 nnnnn 11111          mov %Sd, %Sn
        x00 100010 0 000000000000 11111 ddddd          mov %Sd, %Sn
        xo1 100010 h iiiiiiiiiiii nnnnn 11111          {o=cmn|cmp} %Sn, %#i<h:, lsl #12>
        xo0 100010 h iiiiiiiiiiii nnnnn ddddd          {o=add|sub} %Sd, %Sn, %#i<h:, lsl #12>
        xo1 100010 h iiiiiiiiiiii nnnnn ddddd          {o=adds|subs} %Rd, %Sn, %#i<h:, lsl #12>
        x11 100100 iiiiiiiiiiiii nnnnn 11111           tst %Rn, %Li
        x01 100100 iiiiiiiiiiiii 11111 ddddd           mov %Sd, %li
        x11 100100 iiiiiiiiiiiii nnnnn ddddd           ands %Rd, %Rn, %Li
        xoo 100100 iiiiiiiiiiiii nnnnn ddddd           {o=and|orr|eor|!} %Sd, %Rn, %Li
        0oo 100101 1zzzzzzzzzzzzzzzzz ddddd            -
        x00 100101 iiiiiiiiiiiiiiiiii ddddd            mov %Rd, %Ni
        x10 100101 iiiiiiiiiiiiiiiiii ddddd            mov %Rd, %Zi
        xoo 100101 hh iiiiiiiiiiiiiiii ddddd           {o=movn|!|movz|movk} %Rd, %#i<h:, lsl #{h=0|16|32|48}>
        0zz 10011z 1zzzzzzzzzzzzzzzzzzzzzz             -
        0zz 100110 01zzzzzzzzzzzzzzzzzzzzz             -
        0zz 10011z 0zzzzzz 1zzzzzzzzzzzzzzz            -
        1zz 10011z 0zzzzzzzzzzzzzzzzzzzzzz             -
        x00 100110 z 000000 000111 nnnnn ddddd         sxtb %Rd, %Wn
        x00 100110 z 000000 001111 nnnnn ddddd         sxth %Rd, %Wn
        100 100110 z 000000 011111 nnnnn ddddd         sxtw %Rd, %Wn
        010 100110 0 000000 000111 nnnnn ddddd         uxtb %Wd, %Wn
        010 100110 0 000000 001111 nnnnn ddddd         uxth %Wd, %Wn
        0o0 100110 0 iiiiii 011111 nnnnn ddddd         {o=asr|lsr} %Wd, %Wn, %#i
        1o0 100110 1 iiiiii 111111 nnnnn ddddd         {o=asr|lsr} %Xd, %Xn, %#i
        x10 100110 z iiiiiiiiiiii nnnnn ddddd          lsl %Rd, %Rn, %Ki
        xo0 100110 z iiiiiiiiiiii nnnnn ddddd          {o=sbfiz|ubfiz} %Rd, %Rn, %ki
        xo0 100110 z iiiiiiiiiiii nnnnn ddddd          {o=sbfx|ubfx} %Rd, %Rn, %ei
        x01 100110 z iiiiiiiiiiii 11111 ddddd          bfc %Rd, %ki
        x01 100110 z iiiiiiiiiiii nnnnn ddddd          bfi %Rd, %Rn, %ki
        x01 100110 z iiiiiiiiiiii nnnnn ddddd          bfxil %Rd, %Rn, %ei
        x00 100111 z0 mmmmm iiiiii nnnnn ddddd         ror%=n %Rd, %Rn, %#i
        x00 100111 z0 mmmmm iiiiii nnnnn ddddd         extr %Rd, %Rn, %Rm, %#i
        o00101 iiiiiiiiiiiiiiiiiiiiiiiiii              {o=b|bl} %Bi
        x011010 o iiiiiiiiiiiiiiiiiii ttttt            {o=cbz|cbnz} %Rt, %Bi
        x011011 o bbbbb iiiiiiiiiiiiii ttttt           {o=tbz|tbnz} %Rt, %bb, %Bi
        01010100 iiiiiiiiiiiiiiiiiii 0 cccc            b.%Cc %Bi
        1101011 0010 11111 000000 11110 00000          ret
        1101011 00oo 11111 000000 nnnnn 00000          {o=br|blr|ret|!} %Xn
        1101011 010o 11111 000000 11111 00000          {o=eret|drps}
        1101011 000o 11111 00001b nnnnn 11111          {o=bra|blra}{b=a|b}z %Xn
        1101011 0o10 11111 00001b 11111 11111          {o=ret|eret}a{b=a|b}
        1101011 100o 11111 00001b nnnnn ddddd          {o=bra|blra}{b=a|b} %Xn, %Pd
        11010100 000 iiiiiiiiiiiiiiii 000oo            {o=!|svc|hvc|smc} %Hi
        11010100 001 iiiiiiiiiiiiiiii 00000            brk %Hi
        11010100 010 iiiiiiiiiiiiiiii 00000            hlt %Hi
        11010100 101 0000000000000000 000oo            {o=!|dcps1|dcps2|dcps3}
        1101010100 0 00 011 0010 0000 ooo 11111        {o=nop|yield|wfe|wfi|sev|sevl|dgh|xpaclri}
        1101010100 0 00 011 0010 0001 ooo 11111        {o=pacia1716|!|pacib1716|!|autia1716|!|autib1716|!}
        1101010100 0 00 011 0010 0010 ooo 11111        {o=esb|psb csync|tsb csync|!|csdb|!|!|!}
        1101010100 0 00 011 0010 0011 ooo 11111        {o=paciaz|paciasp|pacibz|pacibsp|autiaz|autiasp|autibz|autibsp}
        1101010100 0 00 011 0010 0100 ooo 11111        {o=bti|!|bti c|!|bti j|!|bti jc|!}
        1101010100 0 00 011 0010 iiiiiii 11111         hint %#i
        1101010100 0 00 011 0011 1111 o10 11111        {o=clrex|isb}
        1101010100 0 00 011 0011 iiii o10 11111        {o=clrex|isb} %#i
        1101010100 0 00 011 0011 0o00 100 11111        {o=ssbb|pssbb}
        1101010100 0 00 011 0011 bbbb 10o 11111        {o=dsb|dmb} {b=#0|oshld|oshst|osh|#4|nshld|nshst|nsh|#8|ishld|ishst|ish|#12|ld|st|sy}
        1101010100 0 00 011 0011 bb10 001 11111        dsb {b=osh|nsh|ish|sy}nxs
        1101010100 0 00 011 0011 0000 111 11111        sb
        1101010100 0 00 000 0100 0000 ooo 11111        {o=cfinv|xaflag|axflag|!|!|!|!|!}
        1101010100 0 00 000 0100 iiii ooo 11111        msr {o=!|!|!|UAO|PAN|SPSel|!|!}, %#i
        1101010100 0 00 011 0100 iiii ooo 11111        msr {o=!|SSBS|DIT|!|TCO|!|DAIFSet|DAIFClr}, %#i
        1101010100 0 01 000 0111 0001 000 11111        ic ialluis
        1101010100 0 01 000 0111 0101 000 11111        ic iallu
        1101010100 0 01 011 0111 0101 001 ttttt        ic ivau, %Xt
        1101010100 0 01 000 0111 0110 ooo ttttt        dc {o=!|ivac|isw|!|!|!|!|!}, %Xt
        1101010100 0 01 000 0111 1010 010 ttttt        dc csw, %Xt
        1101010100 0 01 000 0111 1110 010 ttttt        dc cisw, %Xt
        1101010100 0 01 011 0111 0100 001 ttttt        dc zva, %Xt
        1101010100 0 01 011 0111 1010 001 ttttt        dc cvac, %Xt
        1101010100 0 01 011 0111 1011 001 ttttt        dc cvau, %Xt
        1101010100 0 01 011 0111 1100 001 ttttt        dc cvap, %Xt
        1101010100 0 01 011 0111 1101 001 ttttt        dc cvadp, %Xt
        1101010100 0 01 011 0111 1110 001 ttttt        dc civac, %Xt
        1101010100 0 01 011 0111 0011 1oo ttttt        {o=cfp|dvp|!|cpp} rctx, %Xt
        1101010100 0 01 000 0111 1000 ooo ttttt        at {o=s1e1r|s1e1w|s1e0r|s1e0w|!|!|!|!}, %Xt
        1101010100 0 01 000 0111 1001 00o ttttt        at {o=s1e1rp|s1e1wp}, %Xt
        1101010100 0 01 100 0111 1000 ooo ttttt        at {o=s1e2r|s1e2w|!|!|s12e1r|s12e1w|s12e0r|s12e0w}, %Xt
        1101010100 0 01 000 100b 0cc1 000 11111        tlbi vmalle1{c=os|is|!|}{b=|nxs}
        1101010100 0 01 000 100b 0cc1 ooo ttttt        tlbi {o=!|vae1|aside1|vaae1|!|vale1|!|vaale1}{c=os|is|!|}{b=|nxs}, %Xt
        1101010100 0 01 000 100b 0ccc oo1 ttttt        tlbi {o=rvae1|rvaae1|rvale1|rvaale1}{c=!|!|is|!|!|os||!}{b=|nxs}, %Xt
        1101010100 0 01 100 100b 0cc1 oo0 11111        tlbi {o=alle2|!|alle1|vmalls12e1}{c=os|is|!|}{b=|nxs}
        1101010100 0 01 100 100b 0cc1 o01 ttttt        tlbi {o=vae2|vale2}{c=os|is|!|}{b=|nxs}, %Xt
        1101010100 0 01 100 100b 0ccc o01 ttttt        tlbi {o=rvae2|rvale2}{c=!|!|is|!|!|os||!}{b=|nxs}, %Xt
        1101010100 0 01 100 100b 0000 ooo ttttt        tlbi {o=!|ipas2e1is|ripas2e1is|!|!|ipas2le1is|ripas2le1is|!}{b=|nxs}, %Xt
        1101010100 0 01 100 100b 0100 lcc ttttt        tlbi {c=ipas2|ipas2|ripas2|ripas2}{l=|l}e1{c=os|||os}{b=|nxs}, %Xt
        1101010100 0 01 ooo iiii jjjj kkk 11111        sys %#o, c%^i, c%^j, %#k
        1101010100 0 01 ooo iiii jjjj kkk ttttt        sys %#o, c%^i, c%^j, %#k, %Xt
        1101010100 1 01 ooo iiii jjjj kkk ttttt        sysl %Xt, %#o, c%^i, c%^j, %#k
        1101010100 0 1 iiiiiiiiiiiiiii ttttt           msr %Yi, %Xt
        1101010100 1 1 iiiiiiiiiiiiiii ttttt           mrs %Xt, %Yi
        zz 001000 000 mmmmm l 11111 nnnnn ttttt        st{l=|l}xr{z=b|h||} %Wm, %Tt, [%Pn]
        zz 001000 010 yyyyy l 11111 nnnnn ttttt        ld{l=|a}xr{z=b|h||} %Tt, [%Pn]
        1x 001000 001 mmmmm l aaaaa nnnnn ttttt        st{l=|l}xp %Wm, %Rt, %Ra, [%Pn]
        1x 001000 011 yyyyy l aaaaa nnnnn ttttt        ld{l=|a}xp %Rt, %Ra, [%Pn]
        zz 001000 100 11111 l 11111 nnnnn ttttt        stl{l=l|}r{z=b|h||} %Tt, [%Pn]
        zz 001000 110 11111 l 11111 nnnnn ttttt        ld{l=l|}ar{z=b|h||} %Tt, [%Pn]
        zz 001000 1p1 mmmmm l 11111 nnnnn ttttt        cas{p=|a}{l=|l}{z=b|h||} %Tm, %Tt, [%Pn]
        0x 001000 0p1 mmmmm l 11111 nnnnn ttttt        casp{p=|a}{l=|l} %2m, %2t, [%Pn]
        0x 011000 iiiiiiiiiiiiiiiiiii ttttt            ldr %Rt, %Bi
        10 011000 iiiiiiiiiiiiiiiiiii ttttt            ldrsw %Xt, %Bi
        11 011000 iiiiiiiiiiiiiiiiiii ppqqr            prfm {p=pld|pli|pst|!}{q=l1|l2|l3|!}{r=keep|strm}, %Bi
        x0 101000 0o iiiiiii aaaaa nnnnn ttttt         {o=stnp|ldnp} %Rt, %Ra, [%Pn<i:, %Ji>]
        x0 101000 1o iiiiiii aaaaa nnnnn ttttt         {o=stp|ldp} %Rt, %Ra, [%Pn], %Ji
        x0 101001 0o iiiiiii aaaaa nnnnn ttttt         {o=stp|ldp} %Rt, %Ra, [%Pn<i:, %Ji>]
        x0 101001 1o iiiiiii aaaaa nnnnn ttttt         {o=stp|ldp} %Rt, %Ra, [%Pn, %Ji]!
        01 101000 11 iiiiiii aaaaa nnnnn ttttt         ldpsw %Xt, %Xa, [%Pn], %Ji
        01 101001 01 iiiiiii aaaaa nnnnn ttttt         ldpsw %Xt, %Xa, [%Pn<i:, %Ji>]
        01 101001 11 iiiiiii aaaaa nnnnn ttttt         ldpsw %Xt, %Xa, [%Pn, %Ji]!
        11 111001 10 iiiiiiiiiiii nnnnn ppqqr          prfm {p=pld|pli|pst|!}{q=l1|l2|l3|!}{r=keep|strm}, [%Pn<i:, %Ui>]
        11 111001 10 iiiiiiiiiiii nnnnn ttttt          prfm %#t, [%Pn<i:, %Ui>]
        11 111000 10 0 iiiiiiiii 00 nnnnn ppqqr        prfum {p=pld|pli|pst|!}{q=l1|l2|l3|!}{r=keep|strm}, [%Pn<i:, %-i>]
        11 111000 10 1 mmmmm iiii 10 nnnnn ppqqr       prfm {p=pld|pli|pst|!}{q=l1|l2|l3|!}{r=keep|strm}, [%Pn, %Oi]
        zz 111000 0l 1 mmmmm 0 ooo 00 nnnnn 11111      st{o=add|clr|eor|set|smax|smin|umax|umin}{l=|l}{z=b|h||} %Tm, [%Pn]
        zz 111000 pl 1 mmmmm 0 ooo 00 nnnnn ttttt      ld{o=add|clr|eor|set|smax|smin|umax|umin}{p=|a}{l=|l}{z=b|h||} %Tm, %Tt, [%Pn]
        zz 111000 pl 1 mmmmm 1 000 00 nnnnn ttttt      swp{p=|a}{l=|l}{z=b|h||} %Tm, %Tt, [%Pn]
        zz 111000 10 1 11111 1 100 00 nnnnn ttttt      ldapr{z=b|h||} %Tt, [%Pn]
        11 111000 oi 1 iiiiiiiii w1 nnnnn ttttt        {o=ldraa|ldrab} %Xt, [%Pn<i:, %8i>]<w:!>
        11 11100z 1o zzzzzzzzzzzzzzzzzzzzzz            -
        10 11100z 11 zzzzzzzzzzzzzzzzzzzzzz            -
        zz 111001 0o iiiiiiiiiiii nnnnn ttttt          {o=str|ldr}{z=b|h||} %Tt, [%Pn<i:, %Ui>]
        zz 111001 1o iiiiiiiiiiii nnnnn ttttt          ldrs{z=b|h|w|!} %Gt, [%Pn<i:, %Ui>]
        zz 111000 0o 0 iiiiiiiii 00 nnnnn ttttt        {o=stur|ldur}{z=b|h||} %Tt, [%Pn<i:, %-i>]
        zz 111000 1o 0 iiiiiiiii 00 nnnnn ttttt        ldurs{z=b|h|w|!} %Gt, [%Pn<i:, %-i>]
        zz 111000 0o 0 iiiiiiiii 01 nnnnn ttttt        {o=str|ldr}{z=b|h||} %Tt, [%Pn], %-i
        zz 111000 1o 0 iiiiiiiii 01 nnnnn ttttt        ldrs{z=b|h|w|!} %Gt, [%Pn], %-i
        zz 111000 0o 0 iiiiiiiii 10 nnnnn ttttt        {o=sttr|ldtr}{z=b|h||} %Tt, [%Pn<i:, %-i>]
        zz 111000 1o 0 iiiiiiiii 10 nnnnn ttttt        ldtrs{z=b|h|w|!} %Gt, [%Pn<i:, %-i>]
        zz 111000 0o 0 iiiiiiiii 11 nnnnn ttttt        {o=str|ldr}{z=b|h||} %Tt, [%Pn, %-i]!
        zz 111000 1o 0 iiiiiiiii 11 nnnnn ttttt        ldrs{z=b|h|w|!} %Gt, [%Pn, %-i]!
        zz 111000 0o 1 mmmmm iiii 10 nnnnn ttttt       {o=str|ldr}{z=b|h||} %Tt, [%Pn, %Oi]
        zz 111000 1o 1 mmmmm iiii 10 nnnnn ttttt       ldrs{z=b|h|w|!} %Gt, [%Pn, %Oi]
        10 011001 11 yyyyyyyyyyyyyyyyyyyyyy            -
        zz 011001 0o 0 iiiiiiiii 00 nnnnn ttttt        {o=stlur|ldapur}{z=b|h||} %Tt, [%Pn<i:, %-i>]
        zz 011001 1o 0 iiiiiiiii 00 nnnnn ttttt        ldapurs{z=b|h|w|!} %Gt, [%Pn<i:, %-i>]
        x01 01010 00 0 mmmmm 000000 11111 ddddd        mov %Rd, %Rm
        x01 01010 hh 1 mmmmm hhhhhh 11111 ddddd        mvn %Rd, %Rm%hh
        x11 01010 hh 0 mmmmm hhhhhh nnnnn 11111        tst %Rn, %Rm%hh
        xoo 01010 hh 0 mmmmm hhhhhh nnnnn ddddd        {o=and|orr|eor|ands} %Rd, %Rn, %Rm%hh
        xoo 01010 hh 1 mmmmm hhhhhh nnnnn ddddd        {o=bic|orn|eon|bics} %Rd, %Rn, %Rm%hh
        xyy 01011 11 0 yyyyyyyyyyyyyyyyyyyyy           -
        xo1 01011 hh 0 mmmmm hhhhhh nnnnn 11111        {o=cmn|cmp} %Rn, %Rm%hh
        x10 01011 hh 0 mmmmm hhhhhh 11111 ddddd        neg %Rd, %Rm%hh
        x11 01011 hh 0 mmmmm hhhhhh 11111 ddddd        negs %Rd, %Rm%hh
        xo0 01011 hh 0 mmmmm hhhhhh nnnnn ddddd        {o=add|sub} %Rd, %Rn, %Rm%hh
        xo1 01011 hh 0 mmmmm hhhhhh nnnnn ddddd        {o=adds|subs} %Rd, %Rn, %Rm%hh
        xo1 01011 001 mmmmm iiiiii nnnnn 11111         {o=cmn|cmp} %Sn, %Ei
        xo0 01011 001 mmmmm iiiiii nnnnn ddddd         {o=add|sub} %Sd, %Sn, %Ei
        xo1 01011 001 mmmmm iiiiii nnnnn ddddd         {o=adds|subs} %Rd, %Sn, %Ei
        x1o 11010000 mmmmm 000000 11111 ddddd          {o=ngc|ngcs} %Rd, %Rm
        xoo 11010000 mmmmm 000000 nnnnn ddddd          {o=adc|adcs|sbc|sbcs} %Rd, %Rn, %Rm
        xo1 11010010 mmmmm cccc 00 nnnnn 0 iiii        {o=ccmn|ccmp} %Rn, %Rm, %#i, %Cc
        xo1 11010010 jjjjj cccc 10 nnnnn 0 iiii        {o=ccmn|ccmp} %Rn, %#j, %#i, %Cc
        x00 11010100 11111 cccc 01 11111 ddddd         cset %Rd, %cc
        x00 11010100 mmmmm cccc 01 nnnnn ddddd         cinc%=n %Rd, %Rn, %cc
        x10 11010100 11111 cccc 00 11111 ddddd         csetm %Rd, %cc
        x10 11010100 mmmmm cccc 0o nnnnn ddddd         {o=cinv|cneg}%=n %Rd, %Rn, %cc
        x00 11010100 mmmmm cccc 0o nnnnn ddddd         {o=csel|csinc} %Rd, %Rn, %Rm, %Cc
        x10 11010100 mmmmm cccc 0o nnnnn ddddd         {o=csinv|csneg} %Rd, %Rn, %Rm, %Cc
        x10 11010110 00000 00000o nnnnn ddddd          {o=rbit|rev16} %Rd, %Rn
        010 11010110 00000 000010 nnnnn ddddd          rev %Wd, %Wn
        110 11010110 00000 00001o nnnnn ddddd          {o=rev32|rev} %Xd, %Xn
        x10 11010110 00000 00010o nnnnn ddddd          {o=clz|cls} %Rd, %Rn
        110 11010110 00001 000ooo nnnnn ddddd          {o=pacia|pacib|pacda|pacdb|autia|autib|autda|autdb} %Xd, %Pn
        110 11010110 00001 001ooo 11111 ddddd          {o=paciza|pacizb|pacdza|pacdzb|autiza|autizb|autdza|autdzb} %Xd
        110 11010110 00001 01000o 11111 ddddd          {o=xpaci|xpacd} %Xd
        x00 11010110 mmmmm 00001o nnnnn ddddd          {o=udiv|sdiv} %Rd, %Rn, %Rm
        x00 11010110 mmmmm 0010oo nnnnn ddddd          {o=lsl|lsr|asr|ror} %Rd, %Rn, %Rm
        000 11010110 mmmmm 010coo nnnnn ddddd          crc32{c=|c}{o=b|h|w|!} %Wd, %Wn, %Wm
        100 11010110 mmmmm 010c11 nnnnn ddddd          crc32{c=|c}x %Wd, %Wn, %Xm
        100 11010110 mmmmm 001100 nnnnn ddddd          pacga %Xd, %Xn, %Pm
        x00 11011 000 mmmmm o 11111 nnnnn ddddd        {o=mul|mneg} %Rd, %Rn, %Rm
        x00 11011 000 mmmmm o aaaaa nnnnn ddddd        {o=madd|msub} %Rd, %Rn, %Rm, %Ra
        100 11011 u01 mmmmm o 11111 nnnnn ddddd        {u=s|u}{o=mull|mnegl} %Xd, %Wn, %Wm
        100 11011 u01 mmmmm o aaaaa nnnnn ddddd        {u=s|u}{o=maddl|msubl} %Xd, %Wn, %Wm, %Xa
        100 11011 u10 mmmmm 0 11111 nnnnn ddddd        {u=s|u}mulh %Xd, %Xn, %Xm
        """u8;
}
