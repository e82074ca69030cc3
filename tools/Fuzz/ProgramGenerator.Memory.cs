// Steps about translation: tables, their maintenance, AT, and accesses at EL1 and EL0 through them.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private static readonly uint s_sctlrEl1 = RegisterEncoding.Of("SCTLR_EL1");
    private static readonly uint s_parEl1 = RegisterEncoding.Of("PAR_EL1");

    private static readonly uint s_ttbr0El1 = RegisterEncoding.Of("TTBR0_EL1");
    private static readonly uint s_tcrEl1 = RegisterEncoding.Of("TCR_EL1");
    private static readonly uint s_ttbr0El2 = RegisterEncoding.Of("TTBR0_EL2");
    private static readonly uint s_tcrEl2 = RegisterEncoding.Of("TCR_EL2");
    private static readonly uint s_mairEl2 = RegisterEncoding.Of("MAIR_EL2");
    private static readonly uint s_vttbr = RegisterEncoding.Of("VTTBR_EL2");
    private static readonly uint s_vtcr = RegisterEncoding.Of("VTCR_EL2");
    private const ulong SctlrEl2Reserved = 0x30c5_0830;
    private const ulong TranslationBits = 0x1005;

    // I, C, M beside the bits that are RES1 without features.
    private const ulong TranslationOn = 0x30d0_1985;
    private const ulong TranslationOff = 0x30d0_0980;

    // TLBI ALLE1, VMALLS12E1 and ALLE2: what a program changes in tables is to be seen.
    private static readonly SystemInstruction[] s_forgetAll = [new("", 4, 8, 7, 4), new("", 4, 8, 7, 6), new("", 4, 8, 7, 0)];

    private static readonly uint[] s_accesses =
    [
        0xf9400022, // ldr x2, [x1]
        0xf9000022, // str x2, [x1]
        0xb9400022, // ldr w2, [x1]
        0x39400022, // ldrb w2, [x1]
        0x39000022, // strb w2, [x1]
        0xf8400822, // ldtr x2, [x1]
        0xf8000822, // sttr x2, [x1]
        0xa9400c22, // ldp x2, x3, [x1]
        0xa9000c22, // stp x2, x3, [x1]
        0xc8dffc22, // ldar x2, [x1]
        0xc89ffc22, // stlr x2, [x1]
        0xf8220023, // ldadd x2, x3, [x1]
        0xf8228023, // swp x2, x3, [x1]
        0xc8a27c23, // cas x2, x3, [x1]
        0xd50b7421, // dc zva, x1
        0xd50b7b21, // dc cvau, x1
        0xd5087621, // dc ivac, x1
    ];

    private static readonly (uint Load, uint Store)[] s_exclusives =
    [
        (0xc85f7c22, 0xc8037c22), // ldxr x2, [x1]; stxr w3, x2, [x1]
        (0xc85ffc22, 0xc803fc22), // ldaxr, stlxr
        (0x885f7c22, 0x88037c22), // of 32 bits
        (0x085f7c22, 0x08037c22), // of 8 bits
        (0xc87f1022, 0xc8231022), // ldxp x2, x4, [x1]; stxp w3, x2, x4, [x1]
    ];

    private void ForgetTranslations()
    {
        Emit(A64.Dsb);
        foreach (SystemInstruction one in s_forgetAll)
        {
            Emit(A64.Sys(one, 31));
        }

        Emit(A64.Dsb);
        Emit(A64.Isb);
    }

    // The tables that the program has chosen last.
    private TableSet _stage1 = TableSet.Stage1[0];
    private TableSet _stage2 = TableSet.Stage2[0];

    // QEMU ends in a failed assertion (do_ats_write) when stage 2 does not permit the access that AT S12 asks about.
    private bool _hasChangedStage2;

    private IReadOnlyList<SystemInstruction> Translations =>
        _hasChangedStage2 ? [.. SystemInstruction.Translate.Where(one => !one.IsOfBothStages)] : SystemInstruction.Translate;

    private ulong WindowAddress() =>
        Arena.Window + ((ulong)_dice.Below(Arena.WindowPages) << (_dice.OneIn(4) ? 12 : _stage1.PageBits)) + (ulong)(_dice.OneIn(4) ? _dice.Below(Arena.CheckedOfPage) : 8 * _dice.Below(Arena.CheckedOfPage / 8 - 1));

    private ulong AnyAddress() => _dice.Below(8) switch
    {
        0 => Arena.Data + (ulong)(8 * _dice.Below(Arena.CheckedOfPage / 8 - 1)),
        1 => Arena.Window + 0x10_0000,                  // a page that is not mapped
        2 => 0xc000_0000,                               // a block that is not
        3 => 1UL << (48 + _dice.Below(16)),             // below it, the bare machine has devices that a VM has not
        _ => WindowAddress(),
    };

    // EL1 turns its own translation on or off: from EL2, the name would be another register with E2H=1. WXN stays clear: EL1's code can be
    // written, and a fault in its vectors would come again without end.
    private void Translate()
    {
        bool isOn = !_dice.OneIn(4);
        ulong control = isOn ? TranslationOn : TranslationOff;
        control |= _dice.OneIn(4) ? 1UL << 23 : 0;      // SPAN
        control |= _dice.OneIn(6) ? 1UL << 1 : 0;       // A
        control |= _dice.OneIn(6) ? 1UL << 26 : 0;      // UCI
        control |= _dice.OneIn(6) ? 1UL << 14 : 0;      // DZE
        Write(s_sctlrEl1, control);
        Emit(A64.Isb);
        End($"SCTLR_EL1 0x{control:x}", Masks | 0x5);
        ForgetTranslations();
        End("forget translations", El2);
    }

    // EL1 changes its granule while its translation is off: its code would be gone between two writes.
    private void ChooseTables()
    {
        if (_dice.OneIn(2))
        {
            _stage2 = _dice.Of(TableSet.Stage2);
            Write(s_vttbr, _stage2.Root | (ulong)_dice.Below(3) << 48);
            Write(s_vtcr, _stage2.ControlOfStage2);
            ForgetTranslations();
            End($"stage 2 of {_stage2.Name}", El2);
            return;
        }

        _stage1 = _dice.Of(TableSet.Stage1);
        Write(s_sctlrEl1, TranslationOff);
        Emit(A64.Isb);
        Write(s_ttbr0El1, _stage1.Root);
        Write(s_tcrEl1, _stage1.ControlOfTwoHalves);
        Emit(A64.Isb);
        Write(s_sctlrEl1, TranslationOn);
        Emit(A64.Isb);
        End($"stage 1 of {_stage1.Name}", Masks | 0x5);
        ForgetTranslations();
        End("forget translations", El2);
    }

    private void ChangeTables()
    {
        bool isStage2 = _dice.OneIn(2);
        TableSet tables = isStage2 ? _stage2 : _stage1;
        int page = _dice.Below(Arena.WindowPages);
        bool isBlock = tables.Block != 0 && _dice.OneIn(5);
        _hasChangedStage2 |= isStage2;
        ulong entry = isStage2 ? Stage2Entry(tables, isBlock) : Stage1Entry(tables, isBlock);
        Move(1, isBlock ? tables.Block : tables.Pages + (8 * (ulong)page));
        Move(2, entry);
        Emit(0xf9000022);                               // str x2, [x1]
        ForgetTranslations();
        End($"{(isStage2 ? "stage 2" : "stage 1")} {(isBlock ? "block" : $"entry {page}")} 0x{entry:x}", El2);
    }

    // Valid page most times; the output is data, or a page of the window that only stage 2 maps.
    private ulong Stage1Entry(TableSet tables, bool isBlock)
    {
        ulong output = isBlock ? Arena.BlockData
            : _dice.OneIn(3) ? Arena.Window + ((ulong)_dice.Below(Arena.WindowPages) << tables.PageBits) : tables.PageOf(AnyDataPage());
        ulong attributes = _dice.Bits(0x0078_0000_0000_0fc0) | (_dice.OneIn(4) ? 0 : 1UL << 10) | (_dice.OneIn(4) ? 1UL << 2 : 0);
        return Entry(output, attributes, isBlock);
    }

    private ulong Stage2Entry(TableSet tables, bool isBlock)
    {
        ulong attributes = _dice.Bits(0x0060_0000_0000_03c0) | (_dice.OneIn(4) ? 0 : 1UL << 10) | (_dice.OneIn(4) ? _dice.Bits(0x3c) : 0x3c);
        return Entry(isBlock ? Arena.BlockData : tables.PageOf(AnyDataPage()), attributes, isBlock);
    }

    private ulong Entry(ulong output, ulong attributes, bool isBlock) =>
        _dice.OneIn(10) ? _dice.Next() & ~3UL : output | attributes | (isBlock ? 1UL : 3UL);

    private ulong AnyDataPage() => Arena.Data + ((ulong)_dice.Below(Arena.DataPages) << 12);

    // EL2 translates, accesses memory and translates no more. A fault leaves translation on: the payload turns it off.
    private void TranslateAtEl2()
    {
        const ulong Attributes = 0x00ff;
        bool isHost = _dice.OneIn(2);
        ulong hcr = s_hcrAlways | (isHost ? s_hcrE2h : 0) | (_dice.OneIn(3) ? s_hcrTge : 0) | (_dice.OneIn(4) ? s_hcrVm : 0);
        TableSet tables = isHost ? TableSet.Stage1[0] : TableSet.El2;
        if (_dice.OneIn(2))
        {
            int page = _dice.Below(Arena.WindowPages);
            Move(1, tables.Pages + (8 * (ulong)page));
            Move(2, Stage1Entry(tables, isBlock: false));
            Emit(0xf9000022);                           // str x2, [x1]
        }

        Write(s_hcr, hcr);
        Emit(A64.Isb);
        Write(s_mairEl2, Attributes);
        Write(s_tcrEl2, isHost ? tables.ControlOfTwoHalves : tables.ControlOfEl2);
        Write(s_ttbr0El2, tables.Root);
        ForgetTranslations();
        ulong control = SctlrEl2Reserved | TranslationBits | (_dice.OneIn(3) ? 1UL << 23 : 0) | (_dice.OneIn(6) ? 2UL : 0);
        Write(s_sctlrEl2, control);
        Emit(A64.Isb);
        ulong address = _dice.OneIn(4) ? AnyAddress() : Arena.Window + ((ulong)_dice.Below(Arena.WindowPages) << 12) + (8 * (ulong)_dice.Below(16));
        Move(1, address);
        Move(2, _dice.Next());
        Move(3, _dice.Next());
        if (_dice.OneIn(3))
        {
            Emit(A64.Sys(_dice.Of(Translations), 1));
            Emit(A64.Isb);
            Emit(A64.Mrs(2, s_parEl1));
        }
        else
        {
            // LDTR and STTR of a host without TGE do not follow EL2's permissions (the README's limits).
            Emit(_dice.Of([.. s_accesses.Where(access => !isHost || (hcr & s_hcrTge) != 0 || (access & 0xff200c00) != 0xf8000800)]));
        }

        Write(s_sctlrEl2, SctlrEl2Reserved);
        Emit(A64.Isb);
        End($"EL2 translates, HCR_EL2 0x{hcr:x}, 0x{address:x}", El2 | ProgramStep.Translates | (_dice.OneIn(4) ? 1UL << 22 : 0));
    }

    private void AccessMemory()
    {
        uint access = _dice.Of(s_accesses);
        Move(1, AnyAddress());
        Move(2, _dice.Next());
        Move(3, _dice.OneIn(2) ? 0 : _dice.Next());
        Emit(access);
        End($"access 0x{access:x8}", LowerLevel());
    }

    // Adds 1 in a loop, at most eight times: a reservation may be lost to a trap, and is made again.
    private void AccessExclusively()
    {
        (uint load, uint store) = _dice.Of(s_exclusives);
        Move(1, AnyAddress());
        Move(6, 8);
        Emit(load);
        Emit(0x91000442);                               // add x2, x2, #1
        Emit(store);
        Emit(0xd10004c6);                               // sub x6, x6, #1
        Emit(0xb4000046);                               // cbz x6, past the branch
        Emit(0x35ffff63);                               // cbnz w3, to the load
        Move(6, 0);
        End($"exclusive access 0x{load:x8}", LowerLevel());
    }

    // A piece of code writes one of its own instructions before it comes there.
    private void ChangeOwnCode()
    {
        bool isCleaned = !_dice.OneIn(8);
        uint instruction = _dice.OneIn(2) ? A64.Svc((uint)_dice.Below(0x100)) : 0xd2800005 | ((uint)_dice.Below(0x10000) << 5);     // or mov x5, #N
        Move(2, instruction);
        Emit(A64.Adr(1, 4 * 7));
        Emit(0xb9000022);                               // str w2, [x1]
        Emit(isCleaned ? 0xd50b7b21 : A64.Nop);         // dc cvau, x1
        Emit(A64.Dsb);
        Emit(0xd50b7521);                               // ic ivau, x1
        Emit(A64.Dsb);
        Emit(A64.Isb);
        Emit(A64.Nop);                                  // where x1 points
        End($"code that writes 0x{instruction:x8} into itself", AnyLevel());
    }

    // AT and what it found; TLBI; cache maintenance.
    private void Maintain()
    {
        ulong pstate = AnyLevel();
        switch (_dice.Below(4))
        {
            case 0 or 1:
                SystemInstruction translation = _dice.Of(Translations);
                Move(1, AnyAddress());
                Emit(A64.Sys(translation, 1));
                Emit(A64.Isb);
                Emit(A64.Mrs(2, s_parEl1));
                End(translation.Name, pstate);
                break;
            case 2:
                SystemInstruction invalidation = _dice.Of(SystemInstruction.Invalidate);
                Move(1, _dice.OneIn(2) ? AnyAddress() >> 12 : _dice.Next());
                Emit(A64.Sys(invalidation, 1));
                Emit(A64.Dsb);
                End(invalidation.Name, pstate);
                break;
            default:
                SystemInstruction maintenance = _dice.Of(_dice.OneIn(3) ? SystemInstruction.Cache : SystemInstruction.CacheAt);
                Move(1, AnyAddress());
                Emit(A64.Sys(maintenance, 1));
                End(maintenance.Name, pstate);
                break;
        }
    }
}
