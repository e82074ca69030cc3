// Sums of numbers, on the host; registers and names need a machine.
using System.Text;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Monitor;

public sealed unsafe class ExpressionTests
{
    [Theory]
    [InlineData("5", 5UL)]
    [InlineData("0x10+8-1", 23UL)]
    [InlineData("1-2", ulong.MaxValue)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("-0x10+0x10", 0UL)]
    [InlineData("-1-1", ulong.MaxValue - 1)]
    public void A_sum_is_computed_and_may_begin_with_a_minus(string text, ulong expected)
    {
        Assert.True(Expression.TryValue(null, Encoding.ASCII.GetBytes(text), out ulong value));
        Assert.Equal(expected, value);
    }
}
