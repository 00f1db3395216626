//! IP networks: `cidrhost` and its like.

use super::{
    Failure, Function, Parameter,
    arguments::{Arguments, Whole},
    types,
};
use crate::{
    expression::evaluate::Scope,
    value::{Type, Value},
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(
        "cidrhost",
        &[Parameter::new("prefix", types::string), Parameter::new("hostnum", types::number)],
        types::returns_string,
        host,
    ),
    Function::new("cidrnetmask", &[Parameter::new("prefix", types::string)], types::returns_string, netmask),
    Function::new(
        "cidrsubnet",
        &[
            Parameter::new("prefix", types::string),
            Parameter::new("newbits", types::number),
            Parameter::new("netnum", types::number),
        ],
        types::returns_string,
        subnet,
    ),
    Function::new("cidrsubnets", &[Parameter::new("prefix", types::string)], types::returns_list_of_string, subnets)
        .variadic(Parameter::new("newbits", types::number)),
];

/// An address without its host part, and the length of its prefix.
#[derive(Clone, Copy)]
struct Network {
    address: u128,
    prefix: u32,
    bits: u32,
}

impl Network {
    fn parse(text: &str) -> Result<Self, Failure> {
        let invalid = || Failure::Call(format!("invalid CIDR expression: invalid CIDR address: {text}"));
        let (address, prefix) = text.split_once('/').ok_or_else(invalid)?;
        let address = parse_address(address).ok_or_else(invalid)?;
        let (address, bits) = match address {
            IpAddr::V4(it) => (u128::from(u32::from(it)), 32),
            IpAddr::V6(it) => (u128::from(it), 128),
        };
        let digits = prefix.bytes().all(|it| it.is_ascii_digit());
        let prefix = prefix.parse().ok().filter(|it| digits && *it <= bits).ok_or_else(invalid)?;
        Ok(Self { address: address & mask(prefix, bits), prefix, bits })
    }

    fn show(self, address: u128) -> String {
        match u32::try_from(address) {
            Ok(address) if self.bits == 32 => Ipv4Addr::from(address).to_string(),
            _ => Ipv6Addr::from(address).to_string(),
        }
    }
}

/// Of IPv4, zeros may lead a number and mean nothing.
fn parse_address(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok();
    }
    let mut octets = text.split('.').map(|it| {
        let digits = !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        if digits { it.parse::<u8>().ok() } else { None }
    });
    let address = Ipv4Addr::new(octets.next()??, octets.next()??, octets.next()??, octets.next()??);
    octets.next().is_none().then_some(address.into())
}

/// A one in each of the first `prefix` of `bits` bits.
fn mask(prefix: u32, bits: u32) -> u128 {
    let all = u128::MAX >> (128 - bits);
    all & !all.checked_shr(prefix).unwrap_or(0)
}

/// A negative number counts from the end.
fn host(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let number = arguments.whole_number(1)?;
    let network = Network::parse(arguments.text(0))?;
    let host_bits = network.bits - network.prefix;
    let last = 1u128.checked_shl(host_bits).map_or(u128::MAX, |it| it - 1);
    let offset = match &number {
        Whole::Positive(number) => Some(*number),
        Whole::Negative(distance) => last.checked_sub(distance - 1),
        Whole::TooLarge => None,
    };
    match offset.filter(|it| *it <= last) {
        Some(offset) => Ok(Value::string(network.show(network.address | offset))),
        None => {
            let shown = match number {
                // Counted from the end, as far as that goes.
                Whole::Negative(distance) => format!("-{}", distance - 1 - last),
                _ => arguments.number(1).to_string(),
            };
            Err(format!("prefix of {} does not accommodate a host numbered {shown}", network.prefix).into())
        }
    }
}

fn netmask(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let network = Network::parse(arguments.text(0))?;
    if network.bits == 128 {
        return Err(("IPv6 addresses cannot have a netmask: ".to_owned() + arguments.text(0)).into());
    }
    Ok(Value::string(network.show(mask(network.prefix, 32))))
}

fn subnet(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (extension, number) = (arguments.whole(1)?, arguments.whole_number(2)?);
    let network = Network::parse(arguments.text(0))?;
    let prefix = extended(network, extension)?;
    let shown = arguments.number(2);
    let number = if let Whole::Positive(number) = number { Some(number) } else { None };
    // A prefix that is made shorter has no bits of its own for the number, which then changes those of the network.
    let own_bits = prefix.checked_sub(network.prefix).unwrap_or(prefix);
    let fits = number.filter(|it| it.checked_shr(own_bits).unwrap_or(0) == 0);
    let Some(number) = fits else {
        return Err(format!("prefix extension of {extension} does not accommodate a subnet numbered {shown}").into());
    };
    let address = network.address | number.checked_shl(network.bits - prefix).unwrap_or(0);
    Ok(Value::string(format!("{}/{prefix}", network.show(address))))
}

fn extended(network: Network, extension: i64) -> Result<u32, Failure> {
    let prefix = i64::from(network.prefix).checked_add(extension).and_then(|it| u32::try_from(it).ok());
    prefix.filter(|it| *it <= network.bits).ok_or_else(|| {
        format!("insufficient address space to extend prefix of {} by {extension}", network.prefix).into()
    })
}

/// One after the other, each at the next address that its size allows.
fn subnets(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let argument = |position: usize| {
        move |it: Failure| match it {
            Failure::Call(why) => Failure::Argument(position, why),
            failure => failure,
        }
    };
    let network = Network::parse(arguments.text(0)).map_err(argument(0))?;
    let mut found: Vec<Value> = Vec::new();
    let end = network.address | !mask(network.prefix, network.bits) & mask(network.bits, network.bits);
    let mut next = Some(network.address);
    for position in 1..arguments.len() {
        let extension = arguments.whole(position).map_err(argument(position))?;
        if extension < 1 {
            return Err(Failure::Argument(position, "must extend prefix by at least one bit".into()));
        }
        if extension > 32 {
            return Err(Failure::Argument(position, "may not extend prefix by more than 32 bits".into()));
        }
        let prefix = i64::from(network.prefix) + extension;
        let Some(prefix) = u32::try_from(prefix).ok().filter(|it| *it <= network.bits) else {
            let why = format!(
                "would extend prefix to {prefix} bits, which is too long for an {} address",
                if network.bits == 32 { "IPv4" } else { "IPv6" }
            );
            return Err(Failure::Argument(position, why));
        };
        let size_mask = !mask(prefix, network.bits) & mask(network.bits, network.bits);
        // Up to the next multiple of the size.
        let start = next.and_then(|it| it.checked_add(size_mask)).map(|it| it & !size_mask).filter(|it| *it <= end);
        let Some(start) = start else {
            let why = format!(
                "not enough remaining address space for a subnet with a prefix of {prefix} bits after {}",
                found.last().and_then(Value::as_str).unwrap_or(arguments.text(0))
            );
            return Err(Failure::Argument(position, why));
        };
        found.push(Value::string(format!("{}/{prefix}", network.show(start))));
        next = (start | size_mask).checked_add(1);
    }
    Ok(Value::list(Type::String, found))
}
