// Steps about self-hosted debug: breakpoints, watchpoints, single steps, and what EL2 does about EL1's.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private static readonly uint s_mdscr = RegisterEncoding.Of("MDSCR_EL1");
    private static readonly uint s_mdcr = RegisterEncoding.Of("MDCR_EL2");
    private static readonly uint s_breakpointValue0 = RegisterEncoding.Of("DBGBVR0_EL1");
    private static readonly uint s_breakpointControl0 = RegisterEncoding.Of("DBGBCR0_EL1");
    private static readonly uint s_watchpointValue0 = RegisterEncoding.Of("DBGWVR0_EL1");
    private static readonly uint s_watchpointControl0 = RegisterEncoding.Of("DBGWCR0_EL1");
    private const uint NextComparator = 8;
    private const int Breakpoints = 6;
    private const int Watchpoints = 4;

    private const ulong Enable = 1;
    private const ulong BreakpointFields = 0x00ff_e006;     // BT, LBN, SSC, HMC, PMC
    private const ulong WatchpointFields = 0x000f_fffe;     // LBN, SSC, HMC, BAS, LSC, PAC
    private const ulong AllBytes = 0x1e0;

    private void UseDebug()
    {
        switch (_dice.Below(4))
        {
            case 0:
                SetDebugControls();
                break;
            case 1:
                SetBreakpoint();
                break;
            case 2:
                SetWatchpoint();
                break;
            default:
                for (int i = 1 + _dice.Below(3); i > 0; i--)
                {
                    Emit(_dice.OneIn(4) ? A64.Svc(1) : A64.Nop);
                }

                End("code to be debugged", Debugged(AnyLevel()));
                break;
        }
    }

    private void SetDebugControls()
    {
        const ulong Step = 1;
        const ulong KernelAndMonitor = 0xa000;              // KDE, MDE
        const ulong Traps = 0xf00;                          // TDE, TDA, TDOSA, TDRA
        ulong controls = _dice.Bits(Step | KernelAndMonitor | (1UL << 12));
        Write(s_mdscr, controls);
        ulong traps = _dice.OneIn(2) ? _dice.Bits(Traps) : 0;
        Write(s_mdcr, traps);
        Emit(A64.Isb);
        End($"MDSCR_EL1 0x{controls:x} MDCR_EL2 0x{traps:x}", El2);
    }

    // Code of every step starts at the same address.
    private void SetBreakpoint()
    {
        uint number = NextComparator * (uint)_dice.Below(Breakpoints);
        ulong control = (_dice.OneIn(2) ? _dice.Bits(BreakpointFields) : 6 | _dice.Bits(0xe000)) | AllBytes | Enable;
        Emit(A64.Adr(1, 4 * _dice.Below(6)));
        Emit(A64.Msr(s_breakpointValue0 + number, 1));
        Write(s_breakpointControl0 + number, control);
        Emit(A64.Isb);
        End($"breakpoint 0x{control:x}", El2);
    }

    private void SetWatchpoint()
    {
        uint number = NextComparator * (uint)_dice.Below(Watchpoints);
        ulong control = (_dice.OneIn(2) ? _dice.Bits(WatchpointFields) : 0x1ffe | _dice.Bits(0xe000)) | Enable;
        Write(s_watchpointValue0 + number, AnyAddress() & ~7UL);
        Write(s_watchpointControl0 + number, control);
        Emit(A64.Isb);
        End($"watchpoint 0x{control:x}", El2);
        Move(1, AnyAddress());
        Emit(_dice.Of(s_accesses));
        End("access that may be watched", Debugged(AnyLevel()));
    }
}
