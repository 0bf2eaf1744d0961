### Replies of the desk

-brand = Acme

## Billing

# The money is on its way. $customer__first_name (String) is a name.
billing--refund =
    Hi { $customer__first_name },

    your parcel is back, and so is the money.
      Two spaces {"{"}here{"}"}.
    .subject = Your refund
    .accesskey = R
welcome = Hello {$name}, "friend" 😀
late = It is late:
    we know.
