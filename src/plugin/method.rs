//! What calls are named. Some have another name in version 5.

/// A call of the protocol.
pub(super) struct Method {
    /// What messages call it, which is what it is called in Terraform.
    pub name: &'static str,
    /// Its path in version 5.
    pub five: &'static str,
    /// Its path in version 6.
    pub six: &'static str,
}

/// Of what serves all kinds of plugins: ends it.
pub(super) const SHUT_DOWN: &str = "/plugin.GRPCController/Shutdown";
/// Of the same: what it prints.
pub(super) const OUTPUT: &str = "/plugin.GRPCStdio/StreamStdio";

macro_rules! methods {
    ($($constant:ident $name:literal $five:literal $six:literal;)*) => {$(
        pub(super) const $constant: Method = Method {
            name: $name,
            five: concat!("/tfplugin5.Provider/", $five),
            six: concat!("/tfplugin6.Provider/", $six),
        };
    )*};
}

methods! {
    GET_METADATA "GetMetadata" "GetMetadata" "GetMetadata";
    GET_SCHEMA "GetProviderSchema" "GetSchema" "GetProviderSchema";
    GET_IDENTITY_SCHEMAS "GetResourceIdentitySchemas" "GetResourceIdentitySchemas" "GetResourceIdentitySchemas";
    GET_FUNCTIONS "GetFunctions" "GetFunctions" "GetFunctions";
    VALIDATE_PROVIDER "ValidateProviderConfig" "PrepareProviderConfig" "ValidateProviderConfig";
    VALIDATE_RESOURCE "ValidateResourceConfig" "ValidateResourceTypeConfig" "ValidateResourceConfig";
    VALIDATE_DATA "ValidateDataResourceConfig" "ValidateDataSourceConfig" "ValidateDataResourceConfig";
    VALIDATE_EPHEMERAL "ValidateEphemeralResourceConfig" "ValidateEphemeralResourceConfig" "ValidateEphemeralResourceConfig";
    CONFIGURE "ConfigureProvider" "Configure" "ConfigureProvider";
    UPGRADE "UpgradeResourceState" "UpgradeResourceState" "UpgradeResourceState";
    UPGRADE_IDENTITY "UpgradeResourceIdentity" "UpgradeResourceIdentity" "UpgradeResourceIdentity";
    READ "ReadResource" "ReadResource" "ReadResource";
    PLAN "PlanResourceChange" "PlanResourceChange" "PlanResourceChange";
    APPLY "ApplyResourceChange" "ApplyResourceChange" "ApplyResourceChange";
    IMPORT "ImportResourceState" "ImportResourceState" "ImportResourceState";
    MOVE "MoveResourceState" "MoveResourceState" "MoveResourceState";
    READ_DATA "ReadDataSource" "ReadDataSource" "ReadDataSource";
    OPEN "OpenEphemeralResource" "OpenEphemeralResource" "OpenEphemeralResource";
    RENEW "RenewEphemeralResource" "RenewEphemeralResource" "RenewEphemeralResource";
    CLOSE "CloseEphemeralResource" "CloseEphemeralResource" "CloseEphemeralResource";
    CALL_FUNCTION "CallFunction" "CallFunction" "CallFunction";
    STOP "Stop" "Stop" "StopProvider";
}
