// A guest sees no field and no version of a feature that the register table does not have.
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Registers;

public sealed class IdentificationTests
{
    [Theory]
    [InlineData(0x0000000000000000, 0xffffffffffffffff, 0x0000000000000000)]
    [InlineData(0xffffffffffffffff, 0x0000000000000000, 0x0000000000000000)]
    [InlineData(0x123456789abcdef0, 0xffffffffffffffff, 0x123456789abcdef0)]
    [InlineData(0xffffffffffffffff, 0x123456789abcdef0, 0x123456789abcdef0)]
    [InlineData(0x0f0f0f0f0f0f0f0f, 0x8888888888888888, 0x0808080808080808)]
    [InlineData(0x1010101012000121, 0x0000000202001021, 0x0000000002000021)]
    public void Of_each_field_the_smaller_value_is_shown(ulong value, ulong limit, ulong expected) =>
        Assert.Equal(expected, Identification.Least(value, limit));

    [Fact]
    public void Each_pair_of_values_of_a_field_is_right_in_each_field()
    {
        for (int shift = 0; shift < 64; shift += 4)
        {
            for (ulong value = 0; value < 16; value++)
            {
                for (ulong limit = 0; limit < 16; limit++)
                {
                    Assert.Equal((value < limit ? value : limit) << shift, Identification.Least(value << shift, limit << shift));
                }
            }
        }
    }
}
