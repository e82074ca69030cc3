// A trace with one exit of each kind, made by hand.
using System.Collections.Generic;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;

namespace Nestor.Tests.Unit.Traces;

internal static class SampleTrace
{
    /// <summary>MRS x3, CNTHCTL_EL2 (op0 3, op1 4, CRn 14, CRm 1, op2 0).</summary>
    public const ulong ReadOfCnthctl = (0x18UL << 26) | (1UL << 25) | (3 << 20) | (4 << 14) | (14 << 10) | (3 << 5) | (1 << 1) | 1;

    public const ulong Hvc = (0x16UL << 26) | (1UL << 25);

    public const ulong Wfi = (1UL << 26) | (1UL << 25);

    /// <summary>The names, from this repository's tables.</summary>
    public static ExitNames Names { get; } = new(RepositoryRoot.Path);

    /// <summary>Two guests on two CPUs; a microsecond is 1000 ticks.</summary>
    public static TraceFile Trace()
    {
        List<TraceExit> first =
        [
            new(1000, 0x1000, ReadOfCnthctl, 5, 0, 1, Detail: 3),
            new(3000, 0x2000, Hvc, 5, 0, 0, Vector: 0x4400),
            new(7000, 0x1004, Wfi, 5, 0, 1),
            new(9000, 0x1008, ulong.MaxValue, 0, 0, 0),
        ];
        List<TraceExit> second = [new(2000, 0x8000, Hvc, 5, 1, 0, Detail: 0x8400_0000)];
        return new TraceFile(1_000_000_000, [new("hyper", true), new("plain", false)], [new(0, 0), new(1, 0)], [first, second]);
    }
}
