/// Whom a resource's policy names: element | JSON | caller | whether a statement that allows names the caller.
enum PrincipalTable {
    static let rows = Table.rows(text, columns: 4)

    private static let text = #"""
        # reference_policies_elements_principal.html#principal-anonymous
        Principal | "*" | alice | yes
        Principal | "*" | session | yes
        Principal | "*" | anonymous | yes
        Principal | "*" | stranger | yes
        Principal | "*" | service | yes
        Principal | {"AWS":"*"} | alice | yes
        Principal | {"AWS":"*"} | anonymous | yes
        # reference_policies_elements_principal.html#principal-accounts
        Principal | {"AWS":"111122223333"} | stranger | yes
        Principal | {"AWS":"arn:aws:iam::111122223333:root"} | stranger | yes
        Principal | {"AWS":"444455556666"} | stranger | no
        Principal | {"AWS":["444455556666","111122223333"]} | stranger | yes
        Principal | {"AWS":"111122223333"} | anonymous | no
        Principal | {"AWS":"123456789012"} | service | no
        Principal | {"CanonicalUser":"c0ffee"} | stranger | yes
        Principal | {"CanonicalUser":"beef"} | stranger | no
        # reference_policies_elements_principal.html#principal-users
        Principal | {"AWS":"arn:aws:iam::123456789012:user/alice"} | alice | yes
        Principal | {"AWS":"arn:aws:iam::123456789012:user/Alice"} | alice | no
        Principal | {"AWS":"arn:aws:iam::123456789012:user/*"} | alice | no
        Principal | {"AWS":"AIDAALICE"} | alice | yes
        Principal | {"AWS":"AIDAOTHER"} | alice | no
        # reference_policies_elements_principal.html#principal-roles
        Principal | {"AWS":"arn:aws:iam::123456789012:role/team/worker"} | session | yes
        Principal | {"AWS":"arn:aws:iam::123456789012:role/worker"} | session | no
        Principal | {"AWS":"AROAWORKER"} | session | yes
        Principal | {"AWS":"arn:aws:iam::123456789012:role/team/worker"} | alice | no
        # reference_policies_elements_principal.html#principal-role-session
        Principal | {"AWS":"arn:aws:sts::123456789012:assumed-role/worker/s1"} | session | yes
        Principal | {"AWS":"arn:aws:sts::123456789012:assumed-role/worker/s2"} | session | no
        # reference_policies_elements_principal.html#sts-session-principals
        Principal | {"AWS":"arn:aws:sts::123456789012:federated-user/fred"} | federated-user | yes
        Principal | {"AWS":"arn:aws:sts::123456789012:federated-user/ann"} | federated-user | no
        # reference_policies_elements_principal.html#principal-federated-web-identity
        Principal | {"Federated":"accounts.google.com"} | google | yes
        Principal | {"Federated":"graph.facebook.com"} | google | no
        Principal | {"AWS":"*"} | google | no
        # reference_policies_elements_principal.html#principal-services
        Principal | {"Service":"sns.amazonaws.com"} | service | yes
        Principal | {"Service":["sqs.amazonaws.com","sns.amazonaws.com"]} | service | yes
        Principal | {"Service":"sqs.amazonaws.com"} | service | no
        Principal | {"Service":"sns.amazonaws.com"} | alice | no
        Principal | {"Service":"sns.amazonaws.com","AWS":"arn:aws:iam::123456789012:user/alice"} | alice | yes
        # reference_policies_elements_notprincipal.html
        NotPrincipal | {"AWS":"arn:aws:iam::123456789012:user/alice"} | stranger | yes
        NotPrincipal | {"AWS":"arn:aws:iam::123456789012:user/alice"} | alice | no
        """#
}
