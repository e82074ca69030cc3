// The instructions that C# has no word for. Each is a leaf in boot/Instructions.S that the build puts in place of the call.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Hal;

/// <summary>Single A64 instructions, by their mnemonics.</summary>
public static unsafe partial class Instructions
{
    [RuntimeImport("*", "wfi")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Wfi();

    [RuntimeImport("*", "read_frame_pointer")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern ulong FramePointer();

    [RuntimeImport("*", "ic_ialluis")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void IcIalluis();

    [RuntimeImport("*", "tlbi_alle1")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiAlle1();

    [RuntimeImport("*", "tlbi_alle2")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiAlle2();

    [RuntimeImport("*", "tlbi_vae2is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVae2is(ulong operand);

    /// <summary>CFP RCTX.</summary>
    [RuntimeImport("*", "cfp_rctx")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void CfpRctx(ulong context);

    /// <summary>DVP RCTX.</summary>
    [RuntimeImport("*", "dvp_rctx")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void DvpRctx(ulong context);

    /// <summary>CPP RCTX.</summary>
    [RuntimeImport("*", "cpp_rctx")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void CppRctx(ulong context);

    [RuntimeImport("*", "tlbi_vmalle1")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVmalle1();

    [RuntimeImport("*", "tlbi_vmalle1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVmalle1is();

    [RuntimeImport("*", "tlbi_vmalls12e1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVmalls12e1is();

    [RuntimeImport("*", "tlbi_vae1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVae1is(ulong operand);

    [RuntimeImport("*", "tlbi_vale1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVale1is(ulong operand);

    [RuntimeImport("*", "tlbi_vaae1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVaae1is(ulong operand);

    [RuntimeImport("*", "tlbi_vaale1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiVaale1is(ulong operand);

    [RuntimeImport("*", "tlbi_aside1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiAside1is(ulong operand);

    [RuntimeImport("*", "tlbi_rvae1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiRvae1is(ulong operand);

    [RuntimeImport("*", "tlbi_rvaae1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiRvaae1is(ulong operand);

    [RuntimeImport("*", "tlbi_rvale1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiRvale1is(ulong operand);

    [RuntimeImport("*", "tlbi_rvaale1is")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TlbiRvaale1is(ulong operand);

    [RuntimeImport("*", "at_s1e1r")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void AtS1e1r(ulong address);

    [RuntimeImport("*", "at_s1e1w")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void AtS1e1w(ulong address);

    [RuntimeImport("*", "at_s1e0r")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void AtS1e0r(ulong address);

    [RuntimeImport("*", "at_s1e0w")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void AtS1e0w(ulong address);

    [RuntimeImport("*", "at_s1e1rp")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void AtS1e1rp(ulong address);

    [RuntimeImport("*", "at_s1e1wp")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void AtS1e1wp(ulong address);

    /// <summary>The upper half of a pointer authentication code with the generic key.</summary>
    [RuntimeImport("*", "pacga")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern ulong Pacga(ulong value, ulong modifier);

    /// <summary>SMC #0 with a PSCI function and its arguments; its result.</summary>
    [RuntimeImport("*", "secure_monitor_call")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern ulong SecureMonitorCall(ulong function, ulong first, ulong second, ulong third);

    /// <summary>Ends QEMU with an exit status; an undefined instruction unless semihosting is on.</summary>
    [RuntimeImport("*", "semihosting_exit")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void SemihostingExit(ulong status);
}
