// The level that a post-mortem gives for a vCPU: the registers that it has loaded say whose, PSTATE says EL0.
using Nestor.Tools.Inspect;
using Xunit;

namespace Nestor.Tests.Unit.Inspect;

public sealed class VcpuLevelTests
{
    [Theory]
    [InlineData(0, true, 0x60001000, "EL0 below virtual EL2")]
    [InlineData(0, true, 0x3c5, "EL1 below virtual EL2")]
    [InlineData(0, true, 0x3c4, "EL1 below virtual EL2")]
    [InlineData(0, false, 0, "EL0")]
    [InlineData(0, false, 5, "EL1")]
    [InlineData(1, true, 0, "EL0 of virtual EL2 (E2H=1)")]
    [InlineData(1, true, 5, "virtual EL2 (E2H=1)")]
    [InlineData(2, true, 0, "EL0 of virtual EL2 (E2H=0)")]
    [InlineData(2, true, 9, "virtual EL2 (E2H=0)")]
    public void The_level_is_that_of_PSTATE(uint context, bool isHypervisor, ulong pstate, string expected) =>
        Assert.Equal(expected, VcpuRegisters.Level(context, isHypervisor, pstate));
}
