// ilc's symbols back into names that a reader of the source knows.
using Nestor.Tools.Build;
using Xunit;

namespace Nestor.Tests.Unit.Build;

public sealed class MethodNameTests
{
    [Theory]
    [InlineData("kernel_Nestor_Kernel_TrapDispatcher__Synchronous", "Nestor.Kernel.TrapDispatcher", "Synchronous")]
    [InlineData("hal_Nestor_Hal_Console__WriteLine_0", "Nestor.Hal.Console", "WriteLine")]
    [InlineData("kernel_Nestor_Kernel_Conversions__SCTLR_EL2", "Nestor.Kernel.Conversions", "SCTLR_EL2")]
    [InlineData("kernel_Nestor_Kernel_Ipa___ctor", "Nestor.Kernel.Ipa", ".ctor")]
    [InlineData("kernel_Nestor_Kernel_PerCpu__get_Current", "Nestor.Kernel.PerCpu", "get_Current")]
    [InlineData("kernel_Nestor_Kernel_Trap___Handle_g__Inner_0_0", "Nestor.Kernel.Trap", "Handle.Inner")]
    [InlineData("nestor_trap", "", "nestor_trap")]
    [InlineData("__managed__Startup", "", "__managed__Startup")]
    public void A_symbol_is_taken_apart(string symbol, string type, string name) =>
        Assert.Equal(new MethodName(type, name), MethodName.Parse(symbol, ["kernel", "hal", "corelib"]));
}
